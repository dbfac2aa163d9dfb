#!/bin/sh
# A desktop session with an input method and a program in it: `dbus-run-session -- sh input.sh ibus|fcitx5|fcitx PROGRAM...`
# The method is switched to Chinese once the program has its window, as a clerk would with Ctrl+Space.
method=$1
shift
export XMODIFIERS="@im=${method%5}" QT_IM_MODULE="${method%5}" XDG_CURRENT_DESKTOP=X-Generic
settings=$HOME/.config
case $method in
    ibus)
        ibus-daemon --daemonize --replace --panel disable
        switch="ibus engine libpinyin"
        ;;
    fcitx5)
        mkdir -p "$settings/fcitx5"
        printf '%s\n' '[Groups/0]' Name=Default 'Default Layout=us' DefaultIM=pinyin '[Groups/0/Items/0]' \
            Name=keyboard-us '[Groups/0/Items/1]' Name=pinyin '[GroupOrder]' 0=Default >"$settings/fcitx5/profile"
        fcitx5 -d
        switch="fcitx5-remote -o"
        ;;
    fcitx)
        mkdir -p "$settings/fcitx"
        printf '%s\n' '[Profile]' IMName=pinyin EnabledIMList=fcitx-keyboard-us:True,pinyin:True >"$settings/fcitx/profile"
        fcitx -d
        switch="fcitx-remote -o"
        ;;
esac
sleep 3
(
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
        sleep 3
        $switch
    done
) >/dev/null 2>&1 &
"$@"
code=$?
kill $!
exit $code
