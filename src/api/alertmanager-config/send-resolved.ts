/** Description of the field that every receiver has. */
export const sendResolved = 'Whether to tell of resolved alerts too. The default differs from receiver to receiver.';
