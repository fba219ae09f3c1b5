/** What a user of bare events writes to have a message of them, as the provider's documentation says. */
export class EventFold {
  #blocks = [];
  #usage = {};

  add(event) {
    if (event.type === 'message_start') this.#count(event.message?.usage);
    if (event.type === 'message_delta') this.#count(event.usage);
    if (event.type === 'content_block_start')
      this.#blocks[event.index] = { ...event.content_block, json: '' };
    const block = this.#blocks[event.index];
    if (event.type !== 'content_block_delta' || block === undefined) return;
    if (event.delta.type === 'text_delta') block.text += event.delta.text;
    if (event.delta.type === 'input_json_delta') block.json += event.delta.partial_json;
  }

  get message() {
    const blocks = Object.values(this.#blocks);
    const texts = blocks.filter(({ type }) => type === 'text').map(({ text }) => text);
    return {
      text: texts.join(''),
      blocks: texts,
      calls: blocks.filter(({ type }) => type === 'tool_use').map(toCall),
      usage: this.#usage,
    };
  }

  #count(usage) {
    if (usage?.input_tokens !== undefined) this.#usage.input_tokens = usage.input_tokens;
    if (usage?.output_tokens !== undefined) this.#usage.output_tokens = usage.output_tokens;
  }
}

function toCall({ name, json }) {
  try {
    return { name, args: JSON.parse(json === '' ? '{}' : json) };
  } catch {
    return { name, invalid: json };
  }
}
