type Block = Record<string, unknown>;
type Message = { role: string; content: string | Block[] };

const FIELDS: Record<string, string> = {
  text: 'text cache_control citations',
  image: 'source cache_control transformations',
  document: 'source cache_control citations context title',
  search_result: 'content source title cache_control citations',
  thinking: 'thinking signature',
  redacted_thinking: 'data',
  tool_use: 'id name input cache_control caller toolset_name',
  tool_result: 'tool_use_id content is_error cache_control toolset_name',
  server_tool_use: 'id name input cache_control caller',
  mcp_tool_use: 'id name input server_name cache_control',
  container_upload: 'file_id cache_control',
};

/** What the Messages API would say against a request, as public reports quote it; written apart from what makes one. */
export function refusedBecause(body: { system?: unknown; messages: readonly unknown[] }): string[] {
  const problems: string[] = [];
  const messages = body.messages as Message[];
  if (messages.length === 0) problems.push('at least one message is required');
  const ids = new Set<unknown>();
  let open: unknown[] = [];
  messages.forEach(({ role, content }, at) => {
    const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
    if (blocks.length === 0) problems.push(`${at}: no content`);
    problems.push(...checkBlocks(blocks, String(at)));
    const results = blocks.filter(({ type }) => type === 'tool_result');
    const answered = results.map((block) => block['tool_use_id']);
    for (const id of open) if (!answered.includes(id)) problems.push(`${at}: ${String(id)} open`);
    for (const id of answered)
      if (!open.includes(id)) problems.push(`${at}: unexpected result of ${String(id)}`);
    if (new Set(answered).size < answered.length) problems.push(`${at}: two results of one call`);
    if (results.length > 0 && role !== 'user') problems.push(`${at}: results of the assistant`);
    const calls = blocks.filter(({ type }) => type === 'tool_use');
    if (calls.length > 0 && role !== 'assistant') problems.push(`${at}: calls of the user`);
    const firstCall = blocks.findIndex(({ type }) => type === 'tool_use');
    if (firstCall !== -1 && blocks.slice(firstCall).some(({ type }) => type !== 'tool_use'))
      problems.push(`${at}: something behind the calls`);
    open = calls.map(({ id }) => id);
    for (const id of open) {
      if (typeof id !== 'string' || !/^[a-zA-Z0-9_-]+$/.test(id)) problems.push(`${at}: id`);
      if (ids.has(id)) problems.push(`${at}: id ${String(id)} twice`);
      ids.add(id);
    }
  });
  if (open.length > 0) problems.push('calls without results at the end');
  const all = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  const resultsOf = new Set(all.map((block) => block['tool_use_id']));
  const uses = new Set(all.map(({ id }) => id));
  const last = messages.at(-1);
  const lastBlocks = typeof last?.content === 'string' ? [] : (last?.content ?? []);
  const lastBlock = lastBlocks.at(-1);
  const lastWork = lastBlocks.findLastIndex(({ type }) => !/_tool_use$/.test(String(type)));
  const paused = lastBlocks.slice(lastWork + 1);
  for (const block of all) {
    const type = String(block['type']);
    if (
      /^(server|mcp)_tool_use$/.test(type) &&
      !resultsOf.has(block['id']) &&
      !paused.includes(block)
    )
      problems.push(`${type} without result`);
    if (/._tool_result$/.test(type) && !uses.has(block['tool_use_id']))
      problems.push(`${type} without use`);
  }
  const lastText =
    typeof last?.content === 'string'
      ? last.content
      : ((lastBlock?.['text'] as string | undefined) ?? '');
  if (last?.role === 'assistant' && /\s$/.test(lastText)) problems.push('trailing whitespace');
  if (body.system !== undefined)
    problems.push(
      ...checkBlocks(
        typeof body.system === 'string'
          ? [{ type: 'text', text: body.system }]
          : (body.system as Block[]),
        'system',
      ),
    );
  return problems;
}

function checkBlocks(blocks: readonly Block[], at: string): string[] {
  const problems: string[] = [];
  const texts = blocks.filter(({ type }) => type === 'text').map(({ text }) => text as string);
  if (texts.some((text) => text === '')) problems.push(`${at}: empty text`);
  if (texts.length > 0 && texts.join('').trim() === '') problems.push(`${at}: only whitespace`);
  for (const block of blocks) {
    const type = String(block['type']);
    const known = FIELDS[type]?.split(' ');
    if (known === undefined && !/_tool_result$|^compaction$|^fallback$/.test(type))
      problems.push(`${at}: no block ${type}`);
    const extra = Object.keys(block).filter(
      (key) => key !== 'type' && known?.includes(key) === false,
    );
    if (extra.length > 0) problems.push(`${at}: ${type} has ${extra.join()}`);
    if (/tool_use$/.test(type) && (typeof block['input'] !== 'object' || block['input'] === null))
      problems.push(`${at}: input`);
    if (type === 'thinking' && !block['signature']) problems.push(`${at}: no signature`);
    const source = (block['source'] ?? {}) as Block;
    if (type === 'image' && source['type'] === 'base64')
      if (!/^image\/(jpeg|png|gif|webp)$/.test(String(source['media_type'])))
        problems.push(`${at}: picture`);
    if (type === 'document' && source['type'] === 'base64')
      if (source['media_type'] !== 'application/pdf') problems.push(`${at}: document`);
    if (source['type'] === 'url' && !String(source['url']).startsWith('https://'))
      problems.push(`${at}: url`);
    if (type === 'tool_result' && Array.isArray(block['content']))
      problems.push(...checkBlocks(block['content'] as Block[], `${at} result`));
    for (const citation of Array.isArray(block['citations']) ? block['citations'] : [])
      if (Object.hasOwn(citation as object, 'file_id')) problems.push(`${at}: file_id`);
  }
  return problems;
}
