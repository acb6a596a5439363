import { useColorScheme } from '@mui/material/styles';
import { Segmented } from '../ui/form/Segmented.tsx';

const themes = [
  { value: 'system', label: 'Like the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Light or dark, chosen or as the system has it. */
export function ThemeChoice() {
  const { mode = 'system', setMode } = useColorScheme();
  return <Segmented label="Colours" name="theme" options={themes} value={mode} onChange={setMode} />;
}
