/** The clients, by the name of their file, and what a table calls them. */
export const CLIENTS = {
  rxlm: 'rxlm `stream$`',
  'sdk-create': 'SDK `create`',
  'sdk-stream': 'SDK `stream()`',
  langchain: 'LangChain.js',
  'ai-sdk': 'AI SDK',
};
