/**
 * As the `ref` of what has just opened: puts the cursor into its first field. Opening it was the reader’s own act, so this
 * takes them nowhere they didn’t want to go.
 */
export function focusFirstField(opened: HTMLElement | null): void {
  opened?.querySelector<HTMLElement>('input, select, textarea')?.focus();
}
