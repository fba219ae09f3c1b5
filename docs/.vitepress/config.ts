import { defineConfig } from 'vitepress';
import llms from 'vitepress-plugin-llms';

export default defineConfig({
  title: 'rxlm',
  description: 'RxJS for language models: every chat model is a cold Observable',
  srcExclude: ['api/**'],
  cleanUrls: true,
  // Files beside docs/ are read in the repository; TypeDoc writes the reference.
  ignoreDeadLinks: [/^\.\/\.\.\//, '/integrations', /^\/reference\//],
  // Pages show templates with `{{`: none of them is Vue's.
  vue: { template: { compilerOptions: { delimiters: ['[[[[', ']]]]'] } } },
  vite: { plugins: [llms({ ignoreFiles: ['contract.md', 'faults.md', 'api/**'] })] },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Learn', link: '/learn/stream-chat-model-responses' },
      { text: 'Guides', link: '/guides/agents' },
      { text: 'Reference', link: '/reference/index.html', target: '_self' },
    ],
    sidebar: [
      {
        text: 'Learn',
        items: [
          { text: 'Stream chat model responses', link: '/learn/stream-chat-model-responses' },
          { text: 'Streaming with other modules', link: '/learn/streaming-with-other-modules' },
        ],
      },
      {
        text: 'Guides',
        items: [
          { text: 'Providers', link: '/guides/providers' },
          { text: 'A model of your own', link: '/guides/own-provider' },
          { text: 'Requests and histories', link: '/guides/requests' },
          { text: 'Reading streams', link: '/guides/reading-streams' },
          { text: 'Agents', link: '/guides/agents' },
          { text: 'HTTP servers and clients', link: '/guides/http' },
          { text: 'Conversations', link: '/guides/conversations' },
          { text: 'Durable runs', link: '/durable-runs' },
          { text: 'In production', link: '/guides/production' },
          { text: 'Testing', link: '/guides/testing' },
          { text: 'A page for your runs', link: '/guides/page' },
          { text: 'Command line', link: '/guides/command-line' },
          { text: 'Security', link: '/security' },
        ],
      },
      {
        text: 'Coming from',
        items: [
          { text: 'LangChain.js', link: '/coming-from/langchain' },
          { text: 'The AI SDK', link: '/coming-from/ai-sdk' },
          { text: 'A provider’s SDK', link: '/coming-from/provider-sdk' },
          { text: 'RxJS by hand', link: '/coming-from/rxjs' },
        ],
      },
      {
        text: 'About',
        items: [
          { text: 'Comparison', link: '/comparison' },
          { text: 'Side by side', link: '/side-by-side' },
          { text: 'Contract', link: '/contract' },
          { text: 'Faults', link: '/faults' },
        ],
      },
      {
        text: 'Reference',
        items: [{ text: 'All names', link: '/reference/index.html', target: '_self' }],
      },
    ],
  },
});
