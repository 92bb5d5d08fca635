// SPDX-License-Identifier: GPL-2.0-only
/* Includes the five headers of a miniport, and has types of its own by other kits' names. */
#include "dderror.h"
#include "devioctl.h"
#include "miniport.h"
#include "ntddvdeo.h"
#include "video.h"
#include <chip.h>
#include <deep.h>

typedef struct { char Own[1]; } AGP_SERVICES;
typedef struct { char Own[2]; } ANSI_STRING;
typedef struct { char Own[3]; } ANSI_STRING32;
typedef struct { char Own[4]; } ANSI_STRING64;
typedef struct { char Own[5]; } ATOM;
typedef struct { char Own[6]; } BOOL;
typedef struct _CM_FULL_RESOURCE_DESCRIPTOR { char Own[7]; } CM_FULL_RESOURCE_DESCRIPTOR;
typedef struct _CM_MONITOR_DEVICE_DATA { char Own[8]; } CM_MONITOR_DEVICE_DATA;
typedef struct _CM_PARTIAL_RESOURCE_DESCRIPTOR { char Own[9]; } CM_PARTIAL_RESOURCE_DESCRIPTOR;
typedef struct _CM_PARTIAL_RESOURCE_LIST { char Own[10]; } CM_PARTIAL_RESOURCE_LIST;
typedef struct _CM_RESOURCE_LIST { char Own[11]; } CM_RESOURCE_LIST;
typedef struct _CM_VIDEO_DEVICE_DATA { char Own[12]; } CM_VIDEO_DEVICE_DATA;
typedef struct _CSTRING { char Own[13]; } CSTRING;
typedef struct { char Own[14]; } DWORDLONG;
typedef struct { char Own[15]; } EXECUTION_STATE;
typedef struct { char Own[16]; } FLOAT;
typedef struct _IO_RESOURCE_LIST { char Own[17]; } IO_RESOURCE_LIST;
typedef struct { char Own[18]; } KPROCESSOR_MODE;
typedef struct { char Own[19]; } LANGID;
typedef struct _LIST_ENTRY { char Own[20]; } LIST_ENTRY;
typedef struct _LIST_ENTRY32 { char Own[21]; } LIST_ENTRY32;
typedef struct _LIST_ENTRY64 { char Own[22]; } LIST_ENTRY64;
typedef struct { char Own[23]; } LOGICAL;
typedef struct { char Own[24]; } LPBOOL;
typedef struct { char Own[25]; } LPBYTE;
typedef struct { char Own[26]; } LPCVOID;
typedef struct { char Own[27]; } LPDWORD;
typedef struct { char Own[28]; } LPHANDLE;
typedef struct { char Own[29]; } LPINT;
typedef struct { char Own[30]; } LPLONG;
typedef struct { char Own[31]; } LPVOID;
typedef struct { char Own[32]; } LPWORD;
typedef struct _LUID { char Own[33]; } LUID;
typedef struct _MONITOR_CONFIGURATION_DATA { char Own[34]; } MONITOR_CONFIGURATION_DATA;
typedef struct { char Own[35]; } NTSTATUS;
typedef struct { char Own[36]; } OEM_STRING;
typedef struct { char Own[37]; } PAGP_SERVICES;
typedef struct { char Own[38]; } PANSI_STRING;
typedef struct { char Own[39]; } PANSI_STRING32;
typedef struct { char Own[40]; } PANSI_STRING64;
typedef struct { char Own[41]; } PBOOL;
typedef struct { char Own[42]; } PBUGCHECK_CALLBACK;
typedef struct { char Own[43]; } PBYTE;
typedef struct { char Own[44]; } PCANSI_STRING;
typedef struct { char Own[45]; } PCGUID;
typedef struct _PCI_COMMON_HEADER { char Own[46]; } PCI_COMMON_HEADER;
typedef struct { char Own[47]; } PCM_FULL_RESOURCE_DESCRIPTOR;
typedef struct { char Own[48]; } PCM_MONITOR_DEVICE_DATA;
typedef struct { char Own[49]; } PCM_PARTIAL_RESOURCE_DESCRIPTOR;
typedef struct { char Own[50]; } PCM_PARTIAL_RESOURCE_LIST;
typedef struct { char Own[51]; } PCM_RESOURCE_LIST;
typedef struct { char Own[52]; } PCM_VIDEO_DEVICE_DATA;
typedef struct { char Own[53]; } PCNZWCH;
typedef struct { char Own[54]; } PCOEM_STRING;
typedef struct { char Own[55]; } PCSTRING;
typedef struct { char Own[56]; } PCSZ;
typedef struct { char Own[57]; } PCUCHAR;
typedef struct { char Own[58]; } PCULONG;
typedef struct { char Own[59]; } PCUNICODE_STRING;
typedef struct { char Own[60]; } PCUSHORT;
typedef struct { char Own[61]; } PCVOID;
typedef struct { char Own[62]; } PCWCHAR;
typedef struct { char Own[63]; } PDEVICE_OBJECT;
typedef struct { char Own[64]; } PDOUBLE;
typedef struct { char Own[65]; } PDRIVER_OBJECT;
typedef struct { char Own[66]; } PDWORD;
typedef struct { char Own[67]; } PDWORDLONG;
typedef struct { char Own[68]; } PFLOAT;
typedef struct { char Own[69]; } PFLONG;
typedef struct { char Own[70]; } PGUID;
typedef struct { char Own[71]; } PINT;
typedef struct { char Own[72]; } PIO_RESOURCE_LIST;
typedef struct { char Own[73]; } PIRP;
typedef struct { char Own[74]; } PLANGID;
typedef struct { char Own[75]; } PLCID;
typedef struct { char Own[76]; } PLIST_ENTRY;
typedef struct { char Own[77]; } PLIST_ENTRY32;
typedef struct { char Own[78]; } PLIST_ENTRY64;
typedef struct { char Own[79]; } PLOGICAL;
typedef struct { char Own[80]; } PLUID;
typedef struct { char Own[81]; } PMDL;
typedef struct { char Own[82]; } PMONITOR_CONFIGURATION_DATA;
typedef struct { char Own[83]; } PNTSTATUS;
typedef struct { char Own[84]; } PNZCH;
typedef struct { char Own[85]; } PNZWCH;
typedef struct { char Own[86]; } POEM_STRING;
typedef struct { char Own[87]; } PPCI_COMMON_HEADER;
typedef struct { char Own[88]; } PPVOID;
typedef struct { char Own[89]; } PSINGLE_LIST_ENTRY;
typedef struct { char Own[90]; } PSTRING;
typedef struct { char Own[91]; } PSTRING32;
typedef struct { char Own[92]; } PSTRING64;
typedef struct { char Own[93]; } PSZ;
typedef struct { char Own[94]; } PUINT;
typedef struct { char Own[95]; } PUNICODE_STRING;
typedef struct { char Own[96]; } PUNICODE_STRING32;
typedef struct { char Own[97]; } PUNICODE_STRING64;
typedef struct { char Own[98]; } PVIDEO_BRIGHTNESS_POLICY;
typedef struct { char Own[99]; } PVIDEO_MONITOR_DESCRIPTOR;
typedef struct { char Own[100]; } PVIDEO_PERFORMANCE_COUNTER;
typedef struct { char Own[101]; } PVIDEO_PORT_WCMEMORYPROTECTION_INTERFACE;
typedef struct { char Own[102]; } PVIDEO_QUERY_PERFORMANCE_COUNTER;
typedef struct { char Own[103]; } PWORD;
typedef struct { char Own[104]; } PWSTRP;
typedef struct { char Own[105]; } PZZWSTR;
typedef struct { char Own[106]; } QWORD;
typedef struct _SINGLE_LIST_ENTRY { char Own[107]; } SINGLE_LIST_ENTRY;
typedef struct _STRING32 { char Own[108]; } STRING32;
typedef struct _STRING64 { char Own[109]; } STRING64;
typedef struct { char Own[110]; } UNICODE_STRING32;
typedef struct { char Own[111]; } UNICODE_STRING64;
typedef struct { char Own[112]; } VIDEO_BRIGHTNESS_POLICY;
typedef struct _VIDEO_MONITOR_DESCRIPTOR { char Own[113]; } VIDEO_MONITOR_DESCRIPTOR;
typedef struct _VIDEO_PERFORMANCE_COUNTER { char Own[114]; } VIDEO_PERFORMANCE_COUNTER;
typedef struct _VIDEO_PORT_WCMEMORYPROTECTION_INTERFACE { char Own[115]; } VIDEO_PORT_WCMEMORYPROTECTION_INTERFACE;
typedef struct _VIDEO_QUERY_PERFORMANCE_COUNTER { char Own[116]; } VIDEO_QUERY_PERFORMANCE_COUNTER;
typedef struct { char Own[117]; } VP_DMA_ADAPTER;
typedef struct { char Own[118]; } WINBOOL;
struct _DMA_EVENT_FLAGS { char Own; };
struct _DMA_FLAGS { char Own; };
struct _PCI_HEADER_TYPE_1 { char Own; };
struct _PCI_HEADER_TYPE_2 { char Own; };
struct _STRING { char Own; };
struct _UNICODE_STRING { char Own; };
struct _VIDEO_CHILD_TYPE { char Own; };
struct _VIDEO_CLUT { char Own; };
struct _VIDEO_DEBUG_LEVEL { char Own; };
struct _VIDEO_PORT_CACHE_TYPE { char Own; };
struct _VIDEO_PORT_SERVICES { char Own; };
struct _VIDEO_SYNCHRONIZE_PRIORITY { char Own; };
enum { ACPIBus, VideoPortServicesWCMemoryProtection, Vmcs, Width64Bits, WidthNoWrap };

C_ASSERT(sizeof(AGP_SERVICES) == 1 && sizeof(WINBOOL) == 118);

ULONG ChipRevision(VOID)
{
    return 2;
}

VP_STATUS BareFindAdapter(PVOID HwDeviceExtension, PVOID HwContext, PWSTR ArgumentString,
                          PVIDEO_PORT_CONFIG_INFO ConfigInfo, PUCHAR Again)
{
    return ERROR_DEV_NOT_EXIST;
}

BOOLEAN BareInitialize(PVOID HwDeviceExtension)
{
    return ChipRevision() == 2;
}

BOOLEAN BareStartIO(PVOID HwDeviceExtension, PVIDEO_REQUEST_PACKET RequestPacket)
{
    return TRUE;
}

ULONG DriverEntry(PVOID Context1, PVOID Context2)
{
    VIDEO_HW_INITIALIZATION_DATA data;

    VideoPortZeroMemory(&data, sizeof(data));
    data.HwInitDataSize = sizeof(data);
    data.HwFindAdapter = BareFindAdapter;
    data.HwInitialize = BareInitialize;
    data.HwStartIO = BareStartIO;
    data.AdapterInterfaceType = DEEP_BUS;
    return VideoPortInitialize(Context1, Context2, &data, NULL);
}
