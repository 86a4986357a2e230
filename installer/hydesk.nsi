; The setup program. Compiled with
;     makensis -DVERSION=0.2.0 -DSOURCE=dist/hydesk -DTARGET=dist/hydesk-0.2.0-setup.exe installer/hydesk.nsi
; For one user without administrator rights by default; /ALLUSERS for everybody, /S silently, /D=folder as NSIS has it.
; Ledgers are never touched: they lie in the user's documents or data folder, not in the program's.

Unicode true
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  ; The two programs hold the same modules, 20 MB apart: the second costs nothing where the first is still in sight.
  SetCompressorDictSize 64
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include nsDialogs.nsh
!include x64.nsh
!include WinVer.nsh

!define NAME "衡阳重点项目台账"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\hydesk"
!define FILE_TYPE "hydesk.ledger"

Name "${NAME}"
OutFile "${TARGET}"
RequestExecutionLevel user
InstallDir ""
BrandingText "hydesk ${VERSION}"
ManifestDPIAware true

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT 许可"

Var AllUsers
Var ForMe
Var ForAll

!ifdef ICON
  !define MUI_ICON "${ICON}"
  !define MUI_UNICON "${ICON}"
!endif
!ifdef SIDE
  !define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!endif
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装${NAME}"
!define MUI_WELCOMEPAGE_TEXT "收各单位的报表，核对后入库，出周报和月度通报。$\r$\n$\r$\n安装大约一分钟，不用联网，也不用管理员权限。$\r$\n$\r$\n装过旧版本的，就在原处升级，台账原样保留。$\r$\n$\r$\n点“下一步”继续。"
!insertmacro MUI_PAGE_WELCOME
Page custom AskWhom TakeWhom
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "装好了"
!define MUI_FINISHPAGE_TEXT "桌面和开始菜单里有“${NAME}”。双击台账文件（.hydesk）也能打开。$\r$\n$\r$\n不会用的时候按 F1，手册在程序里，不用联网。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\hydesk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${NAME}"
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "只拿走程序本身。台账、备份、附件和报告都留在原处，以后再装还能接着用。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; Where it goes and for whom -------------------------------------------------------------------------------------

!macro TellWhere
  ${If} $AllUsers == 1
    SetShellVarContext all
    ${If} $INSTDIR == ""
      StrCpy $INSTDIR "$PROGRAMFILES64\hydesk"
    ${EndIf}
  ${Else}
    SetShellVarContext current
    ${If} $INSTDIR == ""
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\hydesk"
    ${EndIf}
  ${EndIf}
!macroend

; An earlier installation of the same kind is upgraded where it is.
!macro TakeEarlierPlace
  ${If} $INSTDIR == ""
    ReadRegStr $INSTDIR SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP|MB_OK "${NAME} 需要 64 位的 Windows。" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP|MB_OK "${NAME} 需要 Windows 10 或更新的版本。" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  SetRegView 64
  StrCpy $AllUsers 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $1
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
    SetShellVarContext all
    UserInfo::GetAccountType
    Pop $1
    ${If} $1 != "Admin"
      MessageBox MB_ICONSTOP|MB_OK "为所有用户安装需要管理员权限。请以管理员身份运行，或去掉 /ALLUSERS 只为自己安装。" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro TakeEarlierPlace
  !insertmacro TellWhere
FunctionEnd

Function AskWhom
  ${If} $AllUsers == 1
    Abort ; decided already: this is the copy started with administrator rights
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "为谁安装" "只为自己安装不需要管理员权限。"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 10u 100% 12u "只为我安装（推荐）"
  Pop $ForMe
  ${NSD_CreateRadioButton} 0 28u 100% 12u "为这台电脑的所有用户安装（需要管理员权限）"
  Pop $ForAll
  ${NSD_Check} $ForMe
  ${NSD_SetFocus} $ForMe
  nsDialogs::Show
FunctionEnd

Function TakeWhom
  ${NSD_GetState} $ForAll $0
  ${If} $0 == ${BST_CHECKED}
    UserInfo::GetAccountType
    Pop $1
    ${If} $1 == "Admin"
      StrCpy $AllUsers 1
      StrCpy $INSTDIR ""
      SetShellVarContext all
      !insertmacro TakeEarlierPlace
      !insertmacro TellWhere
    ${Else}
      ClearErrors
      ExecShell "runas" "$EXEPATH" "/ALLUSERS"
      ${If} ${Errors}
        MessageBox MB_ICONEXCLAMATION|MB_OK "没有得到管理员权限，可以只为自己安装。"
        Abort
      ${EndIf}
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

; A running program cannot be replaced: ask to close it, silently give up.
!macro RefuseRunning PREFIX
  Function ${PREFIX}RefuseRunning
    again:
    IfFileExists "$INSTDIR\hydesk.exe" 0 free
    ClearErrors
    FileOpen $0 "$INSTDIR\hydesk.exe" a
    ${If} ${Errors}
      MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "${NAME} 正在运行。请先关闭它的窗口，再点“重试”。" /SD IDCANCEL IDRETRY again
      SetErrorLevel 3
      Quit
    ${EndIf}
    FileClose $0
    free:
  FunctionEnd
!macroend
!insertmacro RefuseRunning ""
!insertmacro RefuseRunning "un."

; What is installed ----------------------------------------------------------------------------------------------

Section "${NAME}（必需）" Program
  SectionIn RO
  Call RefuseRunning
  ; Files of an older version must not stay among the new ones; nothing of the user's lies in there.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  WriteRegStr SHCTX "Software\Classes\.hydesk" "" "${FILE_TYPE}"
  WriteRegStr SHCTX "Software\Classes\${FILE_TYPE}" "" "重点项目台账"
  WriteRegStr SHCTX "Software\Classes\${FILE_TYPE}\DefaultIcon" "" "$INSTDIR\hydesk.exe,0"
  WriteRegStr SHCTX "Software\Classes\${FILE_TYPE}\shell\open\command" "" '"$INSTDIR\hydesk.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\hydesk.exe"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "hydesk"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  ${If} $AllUsers == 1
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /ALLUSERS'
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /ALLUSERS /S'
  ${Else}
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  ${EndIf}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" "$0"
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section "开始菜单" StartMenu
  CreateDirectory "$SMPROGRAMS\${NAME}"
  CreateShortcut "$SMPROGRAMS\${NAME}\${NAME}.lnk" "$INSTDIR\hydesk.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}\卸载.lnk" "$INSTDIR\uninstall.exe"
SectionEnd

Section "桌面图标" Desktop
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\hydesk.exe"
SectionEnd

LangString AboutProgram ${LANG_SIMPCHINESE} "程序本身、字体和使用手册。升级时台账原样保留。"
LangString AboutStartMenu ${LANG_SIMPCHINESE} "在开始菜单里放快捷方式。"
LangString AboutDesktop ${LANG_SIMPCHINESE} "在桌面上放快捷方式。"
!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${Program} $(AboutProgram)
  !insertmacro MUI_DESCRIPTION_TEXT ${StartMenu} $(AboutStartMenu)
  !insertmacro MUI_DESCRIPTION_TEXT ${Desktop} $(AboutDesktop)
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; Taking it away: only what was put there ------------------------------------------------------------------------

Function un.onInit
  SetRegView 64
  StrCpy $AllUsers 0
  SetShellVarContext current
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $1
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
    SetShellVarContext all
    UserInfo::GetAccountType
    Pop $1
    ${If} $1 != "Admin"
      ExecShell "runas" "$INSTDIR\uninstall.exe" "$0"
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.RefuseRunning
  Delete "$INSTDIR\hydesk.exe"
  Delete "$INSTDIR\hydesk-cli.exe"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only where it is empty: a ledger that somebody put there stays

  Delete "$SMPROGRAMS\${NAME}\${NAME}.lnk"
  Delete "$SMPROGRAMS\${NAME}\卸载.lnk"
  RMDir "$SMPROGRAMS\${NAME}"
  Delete "$DESKTOP\${NAME}.lnk"

  ReadRegStr $0 SHCTX "Software\Classes\.hydesk" ""
  ${If} $0 == "${FILE_TYPE}"
    DeleteRegKey SHCTX "Software\Classes\.hydesk"
  ${EndIf}
  DeleteRegKey SHCTX "Software\Classes\${FILE_TYPE}"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
