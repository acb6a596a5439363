export default function CommandPalette(_props: { team: unknown; onClose: () => void }) {
  return null;
}
