import { describeChatModel, type ModelSubject, type WireSubject } from 'rxlm/testing';

/** The names of the checks of the contract that a model fails, of those whose name matches. */
export async function failedChecks(
  subject: WireSubject | ModelSubject,
  only = /./,
): Promise<readonly string[]> {
  const checks: { name: string; check: () => Promise<void> }[] = [];
  describeChatModel('a model', subject, {
    describe: (_name, define) => {
      define();
    },
    it: (name, check) => checks.push({ name, check }),
  });
  const failed: string[] = [];
  for (const { name, check } of checks.filter((each) => only.test(each.name)))
    await check().catch(() => failed.push(name));
  return failed;
}
