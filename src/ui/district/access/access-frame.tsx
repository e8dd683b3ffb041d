/** The frames of the bureau's log-in and of its pages of schools, people and the trail. Nothing but their looks is here. */
import type { ComponentChildren } from 'preact';
import './access.css';

export function AccessBox({ children }: { children: ComponentChildren }) {
  return <div class="box accesspad">{children}</div>;
}

/** A form that stands alone in the middle. */
export function SignForm({ given, children }: { given: (event: Event) => void; children: ComponentChildren }) {
  return (
    <form class="districtsign" onSubmit={given}>
      {children}
    </form>
  );
}
