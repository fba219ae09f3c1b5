/** From now on until they are asked for, the warnings that the process is to emit. */
export function emittedWarnings(): () => unknown[] {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  return () => {
    const warnings = emitWarning.mock.calls.map(([warning]) => warning as unknown);
    emitWarning.mockRestore();
    return warnings;
  };
}
