# Tries the setup program on Windows: silent for one user, use, upgrade in place, remove; a ledger stays where it is.
$ErrorActionPreference = "Stop"
$setup = (Get-ChildItem dist/hydesk-*-setup.exe)[0].FullName
$place = "$env:LOCALAPPDATA\Programs\hydesk"
$ledger = "$env:USERPROFILE\Documents\台账.hydesk"

function Require($true_, $what) { if (-not $true_) { Write-Error "FAILED: $what" } }
function Run($program, $words) {
    $done = Start-Process -FilePath $program -ArgumentList $words -Wait -PassThru
    Require ($done.ExitCode -eq 0) "$program $words ended with $($done.ExitCode)"
}

Run $setup "/S"
Require (Test-Path "$place\hydesk.exe") "the program was not installed"
Require ((Get-ItemProperty "HKCU:\Software\Classes\.hydesk").'(default)' -eq "hydesk.ledger") "the file type is missing"
Require (Test-Path "$([Environment]::GetFolderPath('Desktop'))\衡阳重点项目台账.lnk") "no shortcut on the desktop"
& "$place\hydesk-cli.exe" --ledger $ledger ledger new
Require (Test-Path $ledger) "the installed program made no ledger"

Set-Content "$place\_internal\left-by-an-old-version.txt" "x"
Run $setup "/S"
Require (-not (Test-Path "$place\_internal\left-by-an-old-version.txt")) "an upgrade leaves old files"
& "$place\hydesk-cli.exe" --ledger $ledger check
Require ($LASTEXITCODE -eq 0) "the ledger is not whole after the upgrade"

Run "$place\uninstall.exe" "/S"
Start-Sleep -Seconds 5  # the uninstaller goes on from a copy of itself
Require (-not (Test-Path "$place\hydesk.exe")) "the program was not removed"
Require (-not (Test-Path "HKCU:\Software\Classes\.hydesk")) "the file type was not removed"
Require (Test-Path $ledger) "removing the program took the ledger away"
Write-Output "setup, upgrade and removal work"
