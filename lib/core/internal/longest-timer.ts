/** The longest time in milliseconds that a platform's timer takes, 24 days: a longer one rings at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;
