/** What a shell calls for candidates; see `printCandidates`. `bin/spikectl.js` knows it too. */
export const COMPLETE_WORD = '__complete';

export const shells = ['bash', 'zsh'] as const;

export type Shell = (typeof shells)[number];

/**
 * The function that a shell calls at the tab key. It asks the installed `spikectl`, so it knows the commands of today and the
 * events that exist, and never has to be installed anew. Works with bash 3.2, which macOS has.
 */
const bash = `# Completion of spikectl for bash: eval "$(spikectl completion bash)"
_spikectl() {
  local line name
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == ':files' ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen -f -- "\${COMP_WORDS[COMP_CWORD]#=}")
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <("\${1/#\\~/$HOME}" ${COMPLETE_WORD} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _spikectl spikectl
`;

const zsh = `#compdef spikectl
# Completion of spikectl for zsh: eval "$(spikectl completion zsh)", below compinit
_spikectl() {
  local line
  local -a typed candidates
  typed=("\${(@)words[2,CURRENT-1]}")
  if [[ $PREFIX == --*=* ]]; then
    typed+=("\${PREFIX%%=*}" '=' "\${PREFIX#*=}")
    compset -P '*='
  else
    typed+=("$PREFIX")
  fi
  while IFS= read -r line; do
    if [[ $line == ':files' ]]; then
      _files
    else
      candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done < <("\${words[1]/#\\~/$HOME}" ${COMPLETE_WORD} "\${typed[@]}" 2>/dev/null)
  (( \${#candidates} )) && _describe -t spikectl spikectl candidates
}
if [[ $funcstack[1] == _spikectl ]]; then _spikectl "$@"; else compdef _spikectl spikectl; fi
`;

export const scripts: Readonly<Record<Shell, string>> = { bash, zsh };
