#!/bin/bash
# Runs as root inside an old Debian: builds CPython and SQLite against the symbols of an old C library.
# A symbol newer than GLIBC is a link error, so what is frozen with it runs wherever that library is found.
# For another processor than this one's it needs this one's /opt/python, made before.
#   in   /src     python3.11_*.orig.tar.gz and sqlite3_*.orig.tar.xz, as Debian keeps them
#        /zig     the ziglang package
#        /target  the old Debian of PROCESSOR, with the headers of what CPython is linked to
#   out  /target/opt/python
set -euo pipefail
target=$PROCESSOR-linux-gnu here=$(uname -m)-linux-gnu deps=/opt/deps bin=/opt/zigbin python=/target/opt/python
rm -rf $deps $bin $python /build
mkdir -p $deps/include $deps/lib $bin /build

for compiler in "zcc $target" "bcc $here"; do
    set -- $compiler
    printf '#!/bin/sh\nexec /zig/zig cc -target %s.%s -fno-sanitize=undefined -Wno-date-time "$@"\n' "$2" "$GLIBC" >$bin/"$1"
done
printf '#!/bin/sh\nexec /zig/zig ar "$@"\n' >$bin/zar
printf '#!/bin/sh\nexec /zig/zig ranlib "$@"\n' >$bin/zranlib
chmod +x $bin/*
export PATH=$bin:$PATH
trap 'tail -n 30 /build/*.log >&2' ERR

# Only these headers: the system's own C headers must never mix with zig's.
headers=/target/usr/include
cp -rL $headers/{openssl,lzma,uuid} $deps/include/
cp -rL $headers/$target/openssl/* $deps/include/openssl/
cp -L $headers/{zlib.h,zconf.h,bzlib.h,lzma.h} $headers/$target/{ffi.h,ffitarget.h} $deps/include/ 2>/dev/null || true
[ -e $deps/include/zconf.h ] || cp $headers/$target/zconf.h $deps/include/
for lib in ssl crypto z bz2 lzma ffi uuid; do
    found=(/target/usr/lib/$target/lib$lib.so.[0-9]*)
    ln -sf "${found[0]}" $deps/lib/lib$lib.so
done

cd /build
tar xf /src/sqlite3_*.orig.tar.xz
cd sqlite*/
CC=bcc BUILD_CC=bcc ./configure >/build/sqlite.log 2>&1
make sqlite3.c >>/build/sqlite.log 2>&1
zcc -O2 -fPIC -shared -Wl,-soname,libsqlite3.so.0 -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_FTS4 -DSQLITE_ENABLE_RTREE \
    -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_SECURE_DELETE \
    sqlite3.c -o $deps/lib/libsqlite3.so.0 -lm -lpthread -ldl
ln -sf libsqlite3.so.0 $deps/lib/libsqlite3.so
cp sqlite3.h sqlite3ext.h $deps/include/

cd /build
tar xf /src/python3.11_*.orig.tar.gz
cd Python-3.11*/
sed -i 's/-Wl,-h/-Wl,-soname,/g' Makefile.pre.in configure # zig's linker has no -h
sed -i 's|-Wl,-soname,$@ $^|-Wl,-soname,$@ /build/empty.c $^|' Makefile.pre.in
echo 'static int unused_;' >/build/empty.c
sed -i "s|./usr/include/. + multiarch_path_component|'/nonexistent'|; s|system_include_dirs = .*|system_include_dirs = []|" setup.py
across=()
[ $target = $here ] || across=(--with-build-python=/opt/python/bin/python3.11 --enable-ipv6 ac_cv_buggy_getaddrinfo=no ac_cv_file__dev_ptmx=yes ac_cv_file__dev_ptc=no)
export LD_LIBRARY_PATH=$deps/lib:/opt/python/lib
CC=zcc AR=zar RANLIB=zranlib READELF=$(command -v readelf) CPPFLAGS="-I$deps/include" LDFLAGS="-L$deps/lib" ./configure --prefix=/opt/python \
    --build=$here --host=$target "${across[@]}" \
    --enable-shared --with-openssl=$deps --with-ensurepip=no --without-static-libpython --disable-test-modules \
    ac_cv_header_libintl_h=no ac_cv_lib_intl_textdomain=no py_cv_module__crypt=n/a py_cv_module__tkinter=n/a \
    py_cv_module_nis=n/a py_cv_module_readline=n/a py_cv_module__curses=n/a py_cv_module__curses_panel=n/a \
    py_cv_module__dbm=n/a py_cv_module__gdbm=n/a >/build/configure.log 2>&1
make -j"$(nproc)" >/build/make.log 2>&1
make install DESTDIR=/target >/build/install.log 2>&1
zcc -shared -fPIC -O2 -DNDEBUG -DPy_BUILD_CORE_MODULE -IInclude -IInclude/internal -I. -I$deps/include -IModules/_sqlite \
    Modules/_sqlite/*.c -L$deps/lib -lsqlite3 \
    -o $python/lib/python3.11/lib-dynload/_sqlite3.cpython-311-$target.so
cp -P $deps/lib/libsqlite3.so* $python/lib/
rm -rf /build
