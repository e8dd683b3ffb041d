/** An officer's own password: the old one, the new one twice, and a code where he has them. It must never keep what was typed once it counts. */
import { useState } from 'preact/hooks';
import { ownPasswordWords as w } from '../../../words/district/access-page-words.ts';
import { Failure } from '../../page/failure.tsx';
import { post } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { useAct } from '../../page/page-frame.tsx';
import { DistrictDesk } from '../desk-shell.tsx';
import { AccessBox } from './access-frame.tsx';
import { SignField } from './sign-field.tsx';

const empty = { password: '', newPassword: '', again: '', code: '' };

function PasswordForm() {
  const [texts, setTexts] = useState(empty);
  const [step, setStep] = useState<'begin' | 'code' | 'done'>('begin');
  const [differ, setDiffer] = useState(false);
  const { busy, failure, act } = useAct();
  const field = (key: keyof typeof empty, title: string, auto: string) => (
    <SignField {...{ title, name: key, value: texts[key], auto }} set={(text) => setTexts({ ...texts, [key]: text })} />
  );
  const give = (event: Event) => {
    event.preventDefault();
    const { again, code, ...said } = texts;
    setDiffer(again !== said.newPassword);
    if (again !== said.newPassword) return;
    void act(async () => {
      const body = { ...said, ...(step === 'code' && { code }) };
      const { next } = await post<{ readonly next: 'code' | 'done' }>('/api/me/password', body);
      setStep(next);
      setTexts(next === 'done' ? empty : { ...texts, code: '' });
    });
  };
  if (step === 'done')
    return (
      <p class="note" role="status">
        {say(w.done)}
      </p>
    );
  return (
    <form class="accessform" onSubmit={give}>
      <p>{say(w.rule)}</p>
      {field('password', say(w.old), 'current-password')}
      {field('newPassword', say(w.fresh), 'new-password')}
      {field('again', say(w.again), 'new-password')}
      {step === 'code' && field('code', say(w.code), 'one-time-code')}
      {differ && <p class="failed">{say(w.differ)}</p>}
      <Failure why={failure} />
      <button type="submit" class="btn main" disabled={busy}>
        {say(w.change)}
      </button>
    </form>
  );
}

export function OwnPasswordPage() {
  return (
    <DistrictDesk>
      <AccessBox>
        <PasswordForm />
      </AccessBox>
    </DistrictDesk>
  );
}
