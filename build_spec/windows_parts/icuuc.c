/*
 * For Wine's prefix only, never for the folder: Windows has an icuuc.dll of its own (from 10, version 1703), Wine 8 none.
 * Qt asks it for converters of code pages. "There is no such converter" is an answer that Qt takes; nobody asks further.
 */
#define SHOWN __declspec(dllexport)
#define NOTHING(name) SHOWN void *name(void) { return 0; }
enum { NO_SUCH_FILE = 4 };

SHOWN void *ucnv_open(const char *name, int *error)
{
    *error = NO_SUCH_FILE;
    return 0;
}

SHOWN const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    *error = NO_SUCH_FILE;
    return 0;
}

NOTHING(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
NOTHING(UCNV_TO_U_CALLBACK_SUBSTITUTE)
NOTHING(ucnv_cbFromUWriteUChars)
NOTHING(ucnv_cbToUWriteUChars)
NOTHING(ucnv_close)
NOTHING(ucnv_countAvailable)
NOTHING(ucnv_fromUCountPending)
NOTHING(ucnv_fromUnicode)
NOTHING(ucnv_getAvailableName)
NOTHING(ucnv_getFromUCallBack)
NOTHING(ucnv_getMaxCharSize)
NOTHING(ucnv_getName)
NOTHING(ucnv_getToUCallBack)
NOTHING(ucnv_reset)
NOTHING(ucnv_setFromUCallBack)
NOTHING(ucnv_setToUCallBack)
NOTHING(ucnv_toUCountPending)
NOTHING(ucnv_toUnicode)
