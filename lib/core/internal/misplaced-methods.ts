/**
 * @internal What people who come from elsewhere look for on a runnable, where in rxlm it is a function of runnables or a
 * method of a view. In types there is none of it; in JavaScript each throws a `TypeError` that says where it is.
 */
export abstract class Misplaced {
  static from(): never {
    throw new TypeError(
      'A runnable has no static from(). Use a.pipe(b), lambda(fn) or parallel({ … })',
    );
  }

  withRetry(): never {
    return teach('withRetry', 'withRetry(runnable, options)');
  }

  withFallbacks(): never {
    return teach('withFallbacks', 'withFallbacks(runnable, others)');
  }

  withConfig(): never {
    return teach('withConfig', 'withConfig(runnable, config)');
  }

  withStructuredOutput(): never {
    return teach('withStructuredOutput', 'withStructuredOutput(model, schema)');
  }

  bindTools(): never {
    return teach('bindTools', 'model.bind({ tools }), or runTools(model, tools)');
  }

  asTool(): never {
    return teach('asTool', 'asTool(runnable, { name, description, schema })');
  }

  map(): never {
    return teach('map', 'step(map(…)) in a pipe, or new RunnableEach(runnable) for arrays');
  }

  transform(): never {
    return teach('transform', 'first.pipe(runnable)');
  }

  assign(): never {
    return teach('assign', 'pipe(RunnablePassthrough.assign({ … }))');
  }

  pick(): never {
    return teach('pick', 'pipe(pick(keys))');
  }

  withListeners(): never {
    return teach('withListeners', 'withConfig(runnable, { listeners })');
  }

  streamLog(): never {
    return teach('streamLog', 'events$(input)');
  }

  subscribe(): never {
    return teach('subscribe', 'stream$(input) or events$(input), and subscribe to that');
  }
}

function teach(method: string, remedy: string): never {
  throw new TypeError(`A runnable has no method ${method}(). Use ${remedy}`);
}
