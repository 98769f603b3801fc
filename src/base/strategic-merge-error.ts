/** A strategic merge patch that cannot be applied. */
export class StrategicMergeError extends Error {
  override readonly name = 'StrategicMergeError';
}
