/**
 * What a shell needs to ask `culvert complete`, which answers with one word a line (and a tab and what it is), or with
 * `:files`. Nothing of what was typed or of what is answered is evaluated: names come from other people.
 */
export const completionScripts = {
  bash: `# bash completion for culvert
_culvert() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <(command culvert complete bash -- "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
  if [ "\${COMPREPLY[0]-}" = :files ]; then
    COMPREPLY=()
    compopt -o default 2>/dev/null
  fi
}
complete -F _culvert culvert
`,
  zsh: `#compdef culvert
_culvert() {
  local -a lines described
  local line
  lines=("\${(@f)$(command culvert complete zsh -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  if [[ $lines[1] == :files ]]; then
    _files
    return
  fi
  [[ $PREFIX == --*=* ]] && compset -P '*='
  for line in $lines; do
    [[ -n $line ]] || continue
    local value=\${line%%$'\\t'*} description=\${line#*$'\\t'}
    [[ -z $IPREFIX ]] || value=\${value#*=}
    described+=("\${value//:/\\\\:}:$description")
  done
  _describe -t values culvert described
}
if [ "$funcstack[1]" = _culvert ]; then _culvert "$@"; else compdef _culvert culvert; fi
`,
  fish: `# fish completion for culvert
function __culvert_complete
    set -l before (commandline -opc)
    set -l lines (command culvert complete fish -- $before[2..-1] (commandline -ct | string unescape) 2>/dev/null)
    if test "$lines[1]" = :files
        __fish_complete_path (commandline -ct)
    else
        printf '%s\\n' $lines
    end
end
complete -c culvert -e
complete -c culvert -f -a '(__culvert_complete)'
`,
} as const;
export type Shell = keyof typeof completionScripts;
