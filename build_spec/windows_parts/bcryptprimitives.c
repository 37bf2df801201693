/* For Wine's prefix only, never for the folder: Windows has it. Random bytes, from where Wine has them. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID place, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE place, SIZE_T length)
{
    return SystemFunction036(place, (ULONG)length);
}
