// One contender in a process of its own: neither its garbage nor what it does to the engine is another's cost.
// LangChain's AsyncLocalStorage, for one, makes every promise of its process dearer.
const { contender, workload, task, baseURL } = JSON.parse(process.argv[2]);
const [, file, name] = /^(\S+) (.+)$/.exec(contender);
const contenders = await import(`./contenders/${file}.mjs`);
const { perform } = await import(`./tasks/${task}.mjs`);
const run = contenders[workload](baseURL)[name];

process.on('message', async (request) => {
  process.send(await perform(run, { ...request, baseURL }));
});
process.send('ready');
process.on('disconnect', () => process.exit());
