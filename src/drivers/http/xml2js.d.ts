/** The part of `xml2js` that is used here; the package has no types of its own. */
declare module 'xml2js' {
  export interface ParserOptions {
    readonly explicitArray: boolean;
    readonly explicitRoot: boolean;
    readonly ignoreAttrs: boolean;
    readonly strict: boolean;
    readonly async: boolean;
    readonly tagNameProcessors: readonly ((name: string) => string)[];
  }
  export function parseString(
    xml: string,
    options: ParserOptions,
    done: (error: Error | null, result: unknown) => void,
  ): void;
}
