/* Wine has no icuuc.dll, which Windows 10 has and Qt's library for text loads. Of ICU's functions Qt looks up these, for
   character sets that it does not know itself; hydesk asks it for none. So this one knows no character set either: whoever
   opens one is told U_FILE_ACCESS_ERROR. Only for checks under Wine; never shipped. */
typedef int UErrorCode;
enum { U_FILE_ACCESS_ERROR = 4 };

#define EXPORTED __declspec(dllexport)
#define REFUSE(error) do { if (error) *(error) = U_FILE_ACCESS_ERROR; } while (0)

EXPORTED void *ucnv_open(const char *name, UErrorCode *error) { REFUSE(error); return 0; }
EXPORTED void ucnv_close(void *converter) {}
EXPORTED void ucnv_reset(void *converter) {}

EXPORTED int ucnv_countAvailable(void) { return 0; }
EXPORTED const char *ucnv_getAvailableName(int index) { return 0; }
EXPORTED const char *ucnv_getName(const void *converter, UErrorCode *error) { REFUSE(error); return 0; }
EXPORTED const char *ucnv_getStandardName(const char *name, const char *standard, UErrorCode *error) { REFUSE(error); return 0; }
EXPORTED char ucnv_getMaxCharSize(const void *converter) { return 4; }

EXPORTED void ucnv_toUnicode(void *converter, void *target, void *target_end, void *source, void *source_end, void *offsets,
                             char flush, UErrorCode *error) { REFUSE(error); }
EXPORTED void ucnv_fromUnicode(void *converter, void *target, void *target_end, void *source, void *source_end, void *offsets,
                               char flush, UErrorCode *error) { REFUSE(error); }
EXPORTED int ucnv_toUCountPending(const void *converter, UErrorCode *error) { return 0; }
EXPORTED int ucnv_fromUCountPending(const void *converter, UErrorCode *error) { return 0; }

EXPORTED void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORTED void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
EXPORTED void ucnv_getToUCallBack(const void *converter, void *action, void *context) {}
EXPORTED void ucnv_getFromUCallBack(const void *converter, void *action, void *context) {}
EXPORTED void ucnv_setToUCallBack(void *converter, void *action, void *context, void *old_action, void *old_context,
                                  UErrorCode *error) { REFUSE(error); }
EXPORTED void ucnv_setFromUCallBack(void *converter, void *action, void *context, void *old_action, void *old_context,
                                    UErrorCode *error) { REFUSE(error); }
EXPORTED void ucnv_cbToUWriteUChars(void *arguments, void *source, int length, int offset, UErrorCode *error) { REFUSE(error); }
EXPORTED void ucnv_cbFromUWriteUChars(void *arguments, void *source, void *source_end, int offset, UErrorCode *error) { REFUSE(error); }
