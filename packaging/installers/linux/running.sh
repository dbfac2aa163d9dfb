#!/bin/sh
# Before the files are replaced or removed: an open program reads them as it goes.
[ "$1" = install ] && exit 0
for link in /proc/[0-9]*/exe; do
    case "$(readlink "$link" 2>/dev/null)" in
        */opt/apps/cn.duchatong.app/files/duchatong)
            echo "督查通正在运行，请先关闭再继续。" >&2
            exit 1
            ;;
    esac
done
exit 0
