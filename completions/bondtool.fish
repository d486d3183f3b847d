# SPDX-License-Identifier: GPL-2.0-or-later
# fish completion for bondtool(1): asks the program, which explains its words too.

function __bondtool_complete
    set -l words (commandline -opc) (commandline -ct)
    command bondtool --complete-described $words[2..] 2>/dev/null
    test $status -ne 65; or __fish_complete_path (commandline -ct)
end
complete -c bondtool -f -a '(__bondtool_complete)'
