/**
 * The sentence of something that was asked for and did not work, where it was asked. One place, so that every refusal looks
 * alike and is read out by those who listen to the screen. It shows the sentence as it is; it must never guess at a cause.
 */

/** Nothing while nothing failed. */
export function Failure({ why }: { why: string | undefined }) {
  if (why === undefined) return null;
  return (
    <p class="failed" role="alert">
      {why}
    </p>
  );
}
