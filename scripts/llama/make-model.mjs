// Writes a tiny valid GGUF (llama architecture, SPM tokenizer with byte fallback) whose weights are a Markov chain:
// one-hot embeddings, attention and FFN are zero, the output matrix maps each token to its successor. So a real llama.cpp
// says exactly what the script says. With script 'random' the weights are random. Usage: node make-model.mjs OUT SCRIPT
import { writeFileSync } from 'node:fs';
const [, , out, name = 'text'] = process.argv;
const TPL = `{%- if tools %}{{- '<|im_start|>system\\n' }}{%- if messages[0].role == 'system' %}{{- messages[0].content + '\\n\\n' }}{%- endif %}{{- "# Tools\\n<tools>" }}{%- for tool in tools %}{{- "\\n" }}{{- tool | tojson }}{%- endfor %}{{- "\\n</tools>\\n\\nFor each function call, return a json object within <tool_call></tool_call> tags:\\n<tool_call>\\n{\\"name\\": <function-name>, \\"arguments\\": <args-json-object>}\\n</tool_call><|im_end|>\\n" }}{%- else %}{%- if messages[0].role == 'system' %}{{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}{%- endif %}{%- endif %}{%- for message in messages %}{%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}{%- elif message.role == 'assistant' %}{{- '<|im_start|>' + message.role + '\\n' }}{%- if message.reasoning_content %}{{- '<think>\\n' + message.reasoning_content + '\\n</think>\\n\\n' }}{%- endif %}{%- if message.content %}{{- message.content }}{%- endif %}{%- if message.tool_calls %}{%- for tool_call in message.tool_calls %}{%- if (loop.first and message.content) or (not loop.first) %}{{- '\\n' }}{%- endif %}{%- if tool_call.function %}{%- set tool_call = tool_call.function %}{%- endif %}{{- '<tool_call>\\n{"name": "' }}{{- tool_call.name }}{{- '", "arguments": ' }}{%- if tool_call.arguments is string %}{{- tool_call.arguments }}{%- else %}{{- tool_call.arguments | tojson }}{%- endif %}{{- '}\\n</tool_call>' }}{%- endfor %}{%- endif %}{{- '<|im_end|>\\n' }}{%- elif message.role == 'tool' %}{%- if loop.first or (messages[loop.index0 - 1].role != 'tool') %}{{- '<|im_start|>user' }}{%- endif %}{{- '\\n<tool_response>\\n' }}{{- message.content }}{{- '\\n</tool_response>' }}{%- if loop.last or (messages[loop.index0 + 1].role != 'tool') %}{{- '<|im_end|>\\n' }}{%- endif %}{%- endif %}{%- endfor %}{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}`;
const SCRIPTS = {
  text: [
    'Gold',
    'fish',
    ' swim',
    ' on',
    ' the',
    ' moon',
    ',',
    ' caf',
    'é',
    ' 🐟',
    '.',
    '<|im_end|>',
  ],
  tool: [
    '<tool_call>',
    '\n{"name": "',
    'get',
    '_weather',
    '", "arguments": ',
    '{"city": "',
    'Par',
    'is',
    '"}',
    '}\n',
    '</tool_call>',
    '<|im_end|>',
  ],
  tools2: [
    '<tool_call>',
    '\n{"name": "',
    'get',
    '_weather',
    '", "arguments": ',
    '{"city": "',
    'Par',
    'is',
    '"}',
    '}\n',
    '</tool_call>',
    '\n<tool_call>\n{"name": "get_',
    'time',
    '", "arguments": {',
    '"zone": ',
    '"UTC',
    '"}}\n',
    '</tool_call> ',
    '<|im_end|>',
  ],
  think: [
    '<think>',
    '\nLet',
    ' me',
    ' see',
    '.\n',
    '</think>',
    '\n\nGold',
    'fish',
    '.',
    '<|im_end|>',
  ],
  loop: ['la', ' la', ' LA'],
  bytes: ['<0xF0>', '<0x9F>', '<0x90>', '<0xA0>', ' half', '<0xC3>', '<|im_end|>'],
};
const specials = [
  '<|im_start|>',
  '<|im_end|>',
  '<think>',
  '</think>',
  '<tool_call>',
  '</tool_call>',
];
const esc = (t) => t.replaceAll(' ', '\u2581');
const tokens = ['<unk>', '<s>', '</s>'],
  types = [2, 3, 3],
  scores = [0, 0, 0];
const add = (t, ty) => {
  if (!tokens.includes(t)) {
    tokens.push(t);
    types.push(ty);
    scores.push(ty === 1 ? -tokens.length : 0);
  }
};
for (let i = 0; i < 256; i++) add(`<0x${i.toString(16).toUpperCase().padStart(2, '0')}>`, 6);
specials.forEach((t) => add(t, /im_/.test(t) ? 3 : 4));
for (let i = 32; i < 127; i++) add(esc(String.fromCharCode(i)), 1);
for (const s of Object.values(SCRIPTS))
  for (const t of s) if (!specials.includes(t) && !/^<0x/.test(t)) add(esc(t), 1);
const id = (t) => {
  const i = tokens.indexOf(specials.includes(t) || /^<0x/.test(t) ? t : esc(t));
  if (i < 0) throw new Error(t);
  return i;
};
const H = 2,
  V = tokens.length,
  E = Math.ceil(V / 64) * 64,
  FF = 64;
const next = new Map();
const script = SCRIPTS[name];
if (script) {
  let prev = id('<0x0A>');
  for (const t of script) {
    if (next.has(prev)) throw new Error('token twice: ' + t);
    next.set(prev, id(t));
    prev = id(t);
  }
  if (name === 'loop') next.set(prev, id(script[0]));
}
const r = (() => {
  let s = 42;
  return () => {
    s = (s * 1664525 + 1013904223) >>> 0;
    return s / 2 ** 32 - 0.5;
  };
})();
const mat = (n, m, f) => {
  const a = new Float32Array(n * m);
  for (let j = 0; j < m; j++) for (let i = 0; i < n; i++) a[j * n + i] = f(i, j);
  return a;
};
const w = script ? () => 0 : r;
const T = [
  ['token_embd.weight', [E, V], mat(E, V, script ? (i, j) => (i === j ? 1 : 0) : r)],
  ['output_norm.weight', [E], mat(E, 1, () => 1)],
  [
    'output.weight',
    [E, V],
    mat(E, V, script ? (i, j) => ((next.get(i) ?? id('<|im_end|>')) === j ? 1 : 0) : r),
  ],
  ['blk.0.attn_norm.weight', [E], mat(E, 1, () => 1)],
  ['blk.0.ffn_norm.weight', [E], mat(E, 1, () => 1)],
  ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map((n) => [
    `blk.0.${n}.weight`,
    [E, E],
    mat(E, E, w),
  ]),
  ['blk.0.ffn_gate.weight', [E, FF], mat(E, FF, w)],
  ['blk.0.ffn_up.weight', [E, FF], mat(E, FF, w)],
  ['blk.0.ffn_down.weight', [FF, E], mat(FF, E, w)],
];
const parts = [];
let len = 0;
const put = (b) => {
  parts.push(b);
  len += b.length;
};
const u32 = (n) => {
    const b = Buffer.alloc(4);
    b.writeUInt32LE(n);
    return b;
  },
  u64 = (n) => {
    const b = Buffer.alloc(8);
    b.writeBigUInt64LE(BigInt(n));
    return b;
  };
const i32 = (n) => {
    const b = Buffer.alloc(4);
    b.writeInt32LE(n);
    return b;
  },
  f32 = (n) => {
    const b = Buffer.alloc(4);
    b.writeFloatLE(n);
    return b;
  };
const str = (s) => {
  const b = Buffer.from(s);
  return Buffer.concat([u64(b.length), b]);
};
const kv = [];
const K = (k, t, v) => kv.push(Buffer.concat([str(k), u32(t), v]));
K('general.architecture', 8, str('llama'));
K('general.name', 8, str('scripted-' + name));
K('general.file_type', 4, u32(0));
K('llama.context_length', 4, u32(8192));
K('llama.embedding_length', 4, u32(E));
K('llama.block_count', 4, u32(1));
K('llama.feed_forward_length', 4, u32(FF));
K('llama.attention.head_count', 4, u32(H));
K('llama.attention.head_count_kv', 4, u32(H));
K('llama.attention.layer_norm_rms_epsilon', 6, f32(1e-5));
K('llama.rope.dimension_count', 4, u32(E / H));
K('llama.vocab_size', 4, u32(V));
K('tokenizer.ggml.model', 8, str('llama'));
const arr = (t, xs, f) => Buffer.concat([u32(t), u64(xs.length), ...xs.map(f)]);
K('tokenizer.ggml.tokens', 9, arr(8, tokens, str));
K('tokenizer.ggml.scores', 9, arr(6, scores, f32));
K('tokenizer.ggml.token_type', 9, arr(5, types, i32));
K('tokenizer.ggml.bos_token_id', 4, u32(1));
K('tokenizer.ggml.eos_token_id', 4, u32(id('<|im_end|>')));
K('tokenizer.ggml.unknown_token_id', 4, u32(0));
K('tokenizer.ggml.add_bos_token', 7, Buffer.from([0]));
K('tokenizer.ggml.add_space_prefix', 7, Buffer.from([0]));
K('tokenizer.chat_template', 8, str(TPL));
put(Buffer.from('GGUF'));
put(u32(3));
put(u64(T.length));
put(u64(kv.length));
kv.forEach(put);
let off = 0;
const pad = (n) => (32 - (n % 32)) % 32;
for (const [n, d, a] of T) {
  put(Buffer.concat([str(n), u32(d.length), ...d.map(u64), u32(0), u64(off)]));
  off += a.byteLength + pad(a.byteLength);
}
put(Buffer.alloc(pad(len)));
for (const [, , a] of T) {
  put(Buffer.from(a.buffer));
  put(Buffer.alloc(pad(a.byteLength)));
}
writeFileSync(out, Buffer.concat(parts));
console.log(out, 'vocab', V, 'embd', E, 'bytes', len);
