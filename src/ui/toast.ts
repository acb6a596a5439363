export type Toast = { id: number; text: string };

let toasts: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

const show = (changed: readonly Toast[]) => {
  toasts = changed;
  for (const listener of listeners) listener();
};

/** Milliseconds a toast stays: long enough to be read slowly. */
const stay = 6000;

export const dismissToast = (id: number) => show(toasts.filter((one) => one.id !== id));

/** Toasts belong to who was signed in when they came. */
export const clearToasts = () => show([]);

/**
 * Says in passing that something was done (“Berlin office is deleted”). What needs a decision, and errors of forms and
 * dialogs, are shown in place instead.
 */
export function toast(text: string): void {
  const id = next++;
  show([...toasts.slice(-2), { id, text }]);
  setTimeout(() => dismissToast(id), stay);
}

export const toastStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: () => toasts,
};
