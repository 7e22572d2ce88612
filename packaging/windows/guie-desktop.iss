; The installer for Windows, made by Inno Setup 6 of what build.sh has put together; build.sh gives Version and Build.
; It installs for one user without asking for more rights, or for all where an administrator wants that.
#ifndef Version
  #error Start packaging/windows/build.sh, which says which version this is.
#endif

[Setup]
AppId={{6C1B6B0E-6A5B-4E0B-9D0C-0F3D3B7A6C55}
AppName=guie-desktop
AppVersion={#Version}
AppPublisher=The authors of guie-desktop
DefaultDirName={autopf}\guie-desktop
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
LicenseFile=..\..\LICENSE
UninstallDisplayIcon={app}\guie-desktopw.exe
WizardStyle=modern
Compression=lzma2/max
SolidCompression=yes
ChangesAssociations=yes
OutputDir={#Build}
OutputBaseFilename=guie-desktop-{#Version}-windows-x86_64

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

; What a former version had and this one has not would otherwise stay.
[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Build}\dist\guie-desktop\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs

[Icons]
Name: "{autoprograms}\guie-desktop"; Filename: "{app}\guie-desktopw.exe"
Name: "{autodesktop}\guie-desktop"; Filename: "{app}\guie-desktopw.exe"; Tasks: desktopicon

; "Open with", without becoming the default of anything.
#define Opener "Software\Classes\Applications\guie-desktopw.exe"
[Registry]
Root: HKA; Subkey: "{#Opener}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "guie-desktop"; Flags: uninsdeletekey
Root: HKA; Subkey: "{#Opener}\shell\open\command"; ValueType: string; ValueData: """{app}\guie-desktopw.exe"" find ""%1"""
#define Opens(str Suffix) "Root: HKA; Subkey: """ + Opener + "\SupportedTypes""; ValueType: string; ValueName: """ + Suffix + """; ValueData: """""
#emit Opens(".jpg")
#emit Opens(".jpeg")
#emit Opens(".png")
#emit Opens(".webp")
#emit Opens(".tif")
#emit Opens(".tiff")
#emit Opens(".bmp")
#emit Opens(".gif")
#emit Opens(".heic")
#emit Opens(".avif")
#emit Opens(".jxl")
#emit Opens(".jp2")
#emit Opens(".psd")
#emit Opens(".dng")
#emit Opens(".cr2")
#emit Opens(".cr3")
#emit Opens(".nef")
#emit Opens(".arw")
#emit Opens(".raf")
#emit Opens(".orf")
#emit Opens(".rw2")
#emit Opens(".pef")

[Run]
Filename: "{app}\guie-desktopw.exe"; Description: "{cm:LaunchProgram,guie-desktop}"; Flags: nowait postinstall skipifsilent
