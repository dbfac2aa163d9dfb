/* What the fcitx plugin calls by names that older desktops or an older Qt 6.8 lack. */
void abort(void);

/* The C++ compiler's: both end the program. */
void __cxa_call_terminate(void *exception)
{
    (void)exception;
    abort();
}

void _ZSt28__throw_bad_array_new_lengthv(void)
{
    abort();
}

/* QWindowSystemInterface::handleContextMenuEvent: in Qt 6.8.0 it is no template yet, and has the same arguments. */
#define NAMED(kind, place) \
    _ZN22QWindowSystemInterface22handleContextMenuEvent##kind##P7QWindowbRK6QPoint##place##_6QFlagsIN2Qt16KeyboardModifierEE
#define ARGUMENTS void *window, _Bool by_mouse, const void *place, const void *on_screen, int modifiers

void NAMED(E, S4)(ARGUMENTS);

_Bool NAMED(INS_15DefaultDeliveryEEEb, S6)(ARGUMENTS)
{
    NAMED(E, S4)(window, by_mouse, place, on_screen, modifiers);
    return 1;
}
