/**
 * fast-check as the specs import it: with one seed for all, so that a run of the suite gives what the run before gave.
 * With RXLM_FUZZ set each property draws a seed of its own, see `npm run fuzz`; a failure says which.
 */
const { env } = require('node:process');
const fc = require('../../node_modules/fast-check/lib/cjs/fast-check.js');

if (!env.RXLM_FUZZ) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_260 });

module.exports = fc;
