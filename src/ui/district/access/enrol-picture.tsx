/** The QR code that an authenticator app reads, and the same to be typed. The squares never leave the page. */
import { signWords as w } from '../../../words/district/access-page-words.ts';
import { say } from '../../page/language.ts';
import { useLoaded } from '../../page/page-frame.tsx';

export function EnrolPicture({ address, secret }: { address: string; secret: string }) {
  const [loaded] = useLoaded(async () => (await import('../../pairing/qr-path.ts')).qrPath(address), address);
  return (
    <div class="enrol">
      <p>{say(w.enrol)}</p>
      {loaded.phase === 'there' && (
        <svg viewBox={`0 0 ${loaded.value.size} ${loaded.value.size}`} role="img" aria-label={say(w.enrol)}>
          <rect width="100%" height="100%" fill="#fff" />
          <path d={loaded.value.path} fill="#000" />
        </svg>
      )}
      <p>
        {say(w.byHand)} <code>{secret.replace(/(.{4})/g, '$1 ').trim()}</code>
      </p>
    </div>
  );
}
