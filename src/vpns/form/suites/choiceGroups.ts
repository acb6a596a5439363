import type { Choice } from '../../../../contract/suiteBuilder.ts';
import type { OptionGroup } from '../../../ui/form/Select.tsx';

const option = ({ keyword, words }: Choice) => ({ value: keyword, label: words });

/**
 * A row's choices as groups of a list: what is common, what else there is, what is weak, then what can't be chosen, by the
 * reason. Short lists stay whole.
 */
export function choiceGroups(choices: readonly Choice[]): OptionGroup[] {
  const possible = choices.filter(({ refused }) => refused === undefined);
  const short = choices.length <= 5;
  const common = possible.filter((choice) => short || choice.usual);
  const weak = possible.filter((choice) => !common.includes(choice) && choice.weak !== undefined);
  const others = possible.filter((choice) => !common.includes(choice) && choice.weak === undefined);
  const groups: OptionGroup[] = [
    { label: 'Common', options: common.map(option) },
    { label: 'Others', options: others.map(option) },
    { label: 'Weak', options: weak.map(option) },
  ];
  for (const reason of new Set(choices.map(({ refused }) => refused))) {
    if (reason === undefined) continue;
    groups.push({
      label: `Not here: ${reason}`,
      options: choices.filter(({ refused }) => refused === reason).map(option),
      disabled: true,
    });
  }
  return groups.filter(({ options }) => options.length > 0);
}
