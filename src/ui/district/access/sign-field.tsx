/** A field of the forms that ask for passwords and codes: what is secret is not shown, and browsers are told what it is. */
interface SignFieldParts {
  readonly title: string;
  readonly name: string;
  readonly value: string;
  readonly set: (text: string) => void;
  readonly auto: string;
}

export function SignField({ title, name, value, set, auto }: SignFieldParts) {
  const parts = { id: name, name, value, autocomplete: auto, required: true };
  const type = (e: { readonly currentTarget: HTMLInputElement }) => set(e.currentTarget.value);
  const secret = auto.endsWith('-password');
  return (
    <label for={name}>
      {title}
      {secret ? <input {...parts} type="password" onInput={type} /> : <input {...parts} type="text" onInput={type} />}
    </label>
  );
}
