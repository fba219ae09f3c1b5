// Makes a CommonJS module of an ES module, for packages that come as ES modules only: jest does not require those.
const { transformSync } = require('esbuild');

module.exports = {
  process: (code, sourcefile) => ({
    code: transformSync(code, { sourcefile, format: 'cjs', target: 'node20', sourcemap: 'inline' })
      .code,
  }),
};
