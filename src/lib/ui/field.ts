/** What every question has, and what an input needs from its Field to be wired to the words around it. */

/** A question on a form. `label` is also how the error summary and the check page name it. */
export interface FieldProps {
  label: string;
  hint?: string | undefined;
  /** What is wrong, in the words that the error summary repeats. */
  error?: string | undefined;
  required?: boolean | undefined;
  /** The id of the input (of the first one in a group); what an error summary links to. */
  id?: string | undefined;
  /** The label is read out but not seen: filter bars. */
  labelHidden?: boolean | undefined;
}

/** Spread onto the input: ids and states that tie it to label, hint and error. */
export interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}
