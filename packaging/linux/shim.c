/* What the fcitx plugin's newer C++ compiler calls and older C++ runtimes lack: both end the program. */
void abort(void);

void __cxa_call_terminate(void *exception)
{
    (void)exception;
    abort();
}

void _ZSt28__throw_bad_array_new_lengthv(void)
{
    abort();
}
