#!/bin/sh
# Starts the program with its own Qt, never with plugins or libraries of the desktop's.
here=$(dirname "$(readlink -f "$0")")
unset QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH LD_LIBRARY_PATH QT_QPA_PLATFORMTHEME QT_STYLE_OVERRIDE
case "${QT_QPA_PLATFORM:-}" in
    offscreen* | minimal*) ;;
    *) export QT_QPA_PLATFORM=xcb ;;
esac
# Qt brings an input plugin for ibus; fcitx 5 answers to it through the portal. A fcitx plugin is used if there is one.
case "${QT_IM_MODULE:-}${XMODIFIERS:-}" in
    *fcitx*)
        if ls "$here"/_internal/PySide6/Qt/plugins/platforminputcontexts/libfcitx5*.so >/dev/null 2>&1; then
            export QT_IM_MODULE=fcitx
        else
            export QT_IM_MODULE=ibus IBUS_USE_PORTAL=1
        fi
        ;;
esac
exec "$here/duchatong" "$@"
