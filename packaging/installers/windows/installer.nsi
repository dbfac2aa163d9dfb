; The Windows installer: for one user, without an administrator, in Chinese.
;   makensis -INPUTCHARSET UTF8 -DVERSION=1.0.0 -DSRC=<folder> -DPICTURES=<folder of icon.py> -DOUT=setup.exe installer.nsi
; Silent: setup.exe /S [/D=C:\folder]      uninstall.exe /S [/PURGE=1, which deletes the data as well]
; Exit codes: 3 not 64-bit, 4 Windows too old, 5 the program is running, 6 files are in use.
Unicode true
; Debian's wine runs 64-bit programs only; the NSIS of a real Windows has only the 32-bit installers.
!ifndef TARGET
  !define TARGET amd64-unicode
!endif
Target ${TARGET}
SetCompressor /SOLID lzma
SetCompressorDictSize 64

!define APP "duchatong"
!define TITLE "督查通"
!define PACKAGE "duchatong.package" ; the file type of .dct
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"
!define OLDEST_BUILD 17763 ; Windows 10 1809
!define DATA "$LOCALAPPDATA\${APP}"

Name "${TITLE} ${VERSION}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "Software\${APP}" "InstallDir"
ManifestDPIAware true
ManifestSupportedOS all
BrandingText "${TITLE} ${VERSION}"

!include MUI2.nsh
!include WinVer.nsh
!include x64.nsh
!include FileFunc.nsh
!include LogicLib.nsh

!define MUI_ICON "${PICTURES}/app.ico"
!define MUI_UNICON "${PICTURES}/app.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURES}/welcome.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${PICTURES}/welcome.bmp"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${APP}.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE}安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT License"

!macro Refuse CODE SENTENCE
  MessageBox MB_ICONSTOP "${SENTENCE}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; A running program holds its own file: it cannot be opened for writing.
!macro RefuseWhileRunning
  ${If} ${FileExists} "$INSTDIR\${APP}.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\${APP}.exe" a
    ${If} ${Errors}
      !insertmacro Refuse 5 "${TITLE}正在运行，请先关闭再继续。"
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro Refuse 3 "${TITLE}只能安装在 64 位 Windows 上。"
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    !insertmacro Refuse 4 "${TITLE}需要 Windows 10（1809 版）或更高版本，这台电脑的系统太旧，不能安装。"
  ${EndIf}
  !insertmacro RefuseWhileRunning
FunctionEnd

Section "install"
  !insertmacro RefuseWhileRunning
  ; The old files go as a whole, so that none of them outlives an upgrade; moving them first fails, and changes
  ; nothing, while any of them is in use.
  RMDir /r "$INSTDIR\_internal.old"
  ${If} ${FileExists} "$INSTDIR\_internal\*"
    ClearErrors
    Rename "$INSTDIR\_internal" "$INSTDIR\_internal.old"
    ${If} ${Errors}
      !insertmacro Refuse 6 "${TITLE}的文件正被其他程序使用，请重新启动电脑后再安装。"
    ${EndIf}
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${SRC}/*"
  ; What a county wrote for this office lies beside the installer on its stick: first answers and a task package.
  ${If} ${FileExists} "$EXEDIR\首次运行.json"
    RMDir /r "$INSTDIR\首次运行"
    CreateDirectory "$INSTDIR\首次运行"
    CopyFiles /SILENT "$EXEDIR\首次运行.json" "$INSTDIR\首次运行"
    ${If} ${FileExists} "$EXEDIR\*.dct"
      CopyFiles /SILENT "$EXEDIR\*.dct" "$INSTDIR\首次运行"
    ${EndIf}
  ${EndIf}
  RMDir /r "$INSTDIR\_internal.old"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateDirectory "$SMPROGRAMS\${TITLE}"
  CreateShortcut "$SMPROGRAMS\${TITLE}\${TITLE}.lnk" "$INSTDIR\${APP}.exe"
  CreateShortcut "$SMPROGRAMS\${TITLE}\卸载${TITLE}.lnk" "$INSTDIR\uninstall.exe"
  CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${APP}.exe"

  WriteRegStr HKCU "Software\Classes\.dct" "" "${PACKAGE}"
  WriteRegStr HKCU "Software\Classes\${PACKAGE}" "" "${TITLE}数据包"
  WriteRegStr HKCU "Software\Classes\${PACKAGE}\DefaultIcon" "" "$INSTDIR\${APP}.exe,0"
  WriteRegStr HKCU "Software\Classes\${PACKAGE}\shell\open\command" "" '"$INSTDIR\${APP}.exe" "%1"'
  ${RefreshShellIcons}

  WriteRegStr HKCU "Software\${APP}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${APP}.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
SectionEnd

Function un.onInit
  !insertmacro RefuseWhileRunning
FunctionEnd

Section "Uninstall"
  ; Never the whole folder: it may have been one that holds other things.
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\_internal.old"
  Delete "$INSTDIR\${APP}.exe"
  Delete "$INSTDIR\${APP}-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir /r "$INSTDIR\首次运行"
  RMDir "$INSTDIR"
  Delete "$DESKTOP\${TITLE}.lnk"
  RMDir /r "$SMPROGRAMS\${TITLE}"

  ReadRegStr $0 HKCU "Software\Classes\.dct" ""
  ${If} $0 == "${PACKAGE}"
    DeleteRegKey HKCU "Software\Classes\.dct"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${PACKAGE}"
  ${RefreshShellIcons}
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${APP}"

  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PURGE=" $1
  ${If} $1 == "1"
    RMDir /r "${DATA}"
  ${ElseIf} ${FileExists} "${DATA}\*.*"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "是否同时删除本机上的全部督查数据？$\r$\n$\r$\n选“否”保留数据，重新安装后可以继续使用。" /SD IDNO IDNO keep
    RMDir /r "${DATA}"
  keep:
  ${EndIf}
SectionEnd
