//! The completions of each shell, in that shell.

use std::path::Path;

use super::{folder, run};
use crate::skipped::skipped;

/// What is typed, and what one of the completions is.
const TYPED: [(&str, &str); 6] = [
    ("nianbao expo", "export"),
    ("nianbao export --to doc", "docx"),
    ("nianbao check --only A", "A1"),
    ("nianbao explain A", "A1"),
    ("nianbao check --form", "--format"),
    ("nianbao check 草", "草稿.ron"),
];

/// Writes the completions of a shell beside a draft; returns the folder.
fn folder_with(shell: &str) -> std::path::PathBuf {
    let folder = folder(shell);
    let (done, script) = run(&folder, env!("CARGO_BIN_EXE_nianbao"), &["completions", shell]).unwrap();
    assert!(done, "{script}");
    std::fs::write(folder.join("script"), script).unwrap();
    std::fs::write(folder.join("草稿.ron"), "").unwrap();
    folder
}

/// Completes each line with a program of the shell that gets the line as its last argument.
fn complete_all(shell: &str, folder: &Path, arguments: &[&str]) {
    for (line, wanted) in TYPED {
        let Some((_, text)) = run(folder, shell, &[arguments, &[line]].concat()) else {
            return skipped(&format!("no {shell}, whose completions are tried"));
        };
        assert!(text.contains(wanted), "{shell}: {line} gave {text:?}, not {wanted}");
    }
}

#[test]
fn bash_completes_commands_options_values_and_files() {
    let folder = folder_with("bash");
    // As readline calls it; what the function leaves open it completes as a file.
    let program = r#"source ./script
        COMP_LINE=$1; read -ra COMP_WORDS <<<"$1"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        word=${COMP_WORDS[COMP_CWORD]}
        _nianbao nianbao "$word" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
        [ ${#COMPREPLY[@]} -gt 0 ] || compgen -f -- "$word""#;
    complete_all("bash", &folder, &["--norc", "-c", program, "bash"]);
}

#[test]
fn fish_completes_commands_options_values_and_files() {
    let folder = folder_with("fish");
    complete_all("fish", &folder, &["--no-config", "-c", "source ./script; complete -C $argv[1]"]);
}

#[test]
fn zsh_completes_commands_options_values_and_files() {
    let folder = folder_with("zsh");
    // It completes only at a terminal: a shell in one types the line, a tab, and a key that shows the line.
    let program = r#"zmodload zsh/zpty
        zpty inner zsh -f -i
        zpty -w inner 'PS1= RPS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -D -u'
        zpty -w inner 'source ./script; compdef _nianbao nianbao; setopt no_beep no_list_beep'
        zpty -w inner 'show() { print -r -- "<""<$BUFFER>"">"; zle kill-buffer }; zle -N show; bindkey "^G" show'
        zpty -w inner 'bindkey "^I" complete-word; print REA''DY'
        text=
        while zpty -r inner part; do text+=$part; [[ $text == *READY* ]] && break; done
        zpty -w -n inner "$1"$'\t\a'
        text=
        while zpty -r inner part; do text+=$part; [[ $text == *'>>'* ]] && break; done
        print -r -- "$text""#;
    complete_all("zsh", &folder, &["-f", "-c", program, "zsh"]);
}
