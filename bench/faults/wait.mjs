export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The time, for two processes of one machine. */
export const now = () => performance.timeOrigin + performance.now();
