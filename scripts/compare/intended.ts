/** Differences that are wanted, each with its reason, by path as the tables write it. */
export const intended: Readonly<Record<string, string>> = {};
