/** The model that the samples ask; another one is named here once. */
export const MODEL = 'claude-haiku-4-5';
