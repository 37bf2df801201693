# Makes the folder for staff on a Windows PC: from requirements.lock to one checked file to carry.
#
# powershell -ExecutionPolicy Bypass -File build_spec\windows.ps1 [-Python C:\...\python.exe]
#
# For a PC with the internet and 64-bit Python 3.11 (python.org), not for the office PC. It stops at the first step
# that fails and says so. Written for Windows PowerShell 5.1, which reads Japanese only after a byte order mark.
# What it does, and what a person tries afterwards: build_spec\windows.md

param([string]$Python = '')

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$project = Split-Path -Parent $PSScriptRoot
$longestProject = 60
$roomNeeded = 3GB
$lock = 'requirements.lock'
$environment = 'build\windows-venv'
$bundle = 'dist\dejikatsu-desk'
$parcel = 'dist\dejikatsu-desk-windows.zip'
$fits = 'import sys; sys.exit(not (sys.version_info[:2] == (3, 11) and sys.maxsize > 2 ** 32))'

function Stop-Here([string]$Said) {
    Write-Host ''
    Write-Host $Said
    Write-Host 'ここで止めました。配るフォルダーは、まだできていません。'
    exit 1
}

function Test-Fits([string]$Program, [string[]]$First) {
    # A missing program and one that only points to the store both count as "not this one".
    $ErrorActionPreference = 'Continue'
    try {
        & $Program @First -c $fits 2>&1 | Out-Null
        return ($LASTEXITCODE -eq 0)
    } catch {
        return $false
    }
}

function Invoke-Step([string]$Title, [string]$Log, [string]$Failed, [string]$Program, [string[]]$Words, [switch]$Aloud) {
    Write-Host "$Title ..."
    # What a program says on its second channel is no failure: only its exit code counts.
    $ErrorActionPreference = 'Continue'
    $lines = & $Program @Words 2>&1 | ForEach-Object {
        $line = "$_"
        if ($Aloud) { Write-Host $line }
        $line
    }
    $code = $LASTEXITCODE
    $lines | Out-File -FilePath $Log -Encoding utf8
    if ($code -ne 0) {
        if (-not $Aloud) { $lines | Select-Object -Last 5 | ForEach-Object { Write-Host "  $_" } }
        Stop-Here "$Failed`n記録: $project\$Log"
    }
}

try {
    Set-Location -LiteralPath $project
    # A window without a console has no such setting; the words then come as they come.
    try { [Console]::OutputEncoding = [System.Text.Encoding]::UTF8 } catch { }
    $env:PYTHONUTF8 = '1'
    $env:PIP_DISABLE_PIP_VERSION_CHECK = '1'

    # 1. What has to be there.
    if ($env:OS -ne 'Windows_NT') {
        Stop-Here 'Windows のパソコンで行ってください。'
    }
    foreach ($name in $lock, 'build_spec\desk.spec', 'build_spec\smoke.py', 'build_spec\parcel.py') {
        if (-not (Test-Path -LiteralPath $name -PathType Leaf)) {
            Stop-Here "ファイルがありません: ${name}。プロジェクトのフォルダーをもう一度、丸ごと複写してください。"
        }
    }
    if ($project.Length -gt $longestProject) {
        Stop-Here "このフォルダーの場所が長すぎます（$($project.Length)文字）。${longestProject}文字までの場所（C:\desk など）に移してください。"
    }
    foreach ($name in 'data', 'exports') {
        if (Test-Path -LiteralPath "$bundle\$name") {
            Stop-Here "前に作ったフォルダーが使われています: $bundle\${name}。消さないように、別の場所に移してください。"
        }
    }
    $drive = (Get-Item -LiteralPath $project).PSDrive
    if ($drive -and $drive.Free -and $drive.Free -lt $roomNeeded) {
        Stop-Here 'ディスクの空きが足りません（3GBの空きが要ります）。'
    }
    $found = $null
    $first = @()
    if ($Python) {
        if (Test-Fits $Python @()) { $found = $Python }
    } elseif (Test-Fits 'py' @('-3.11')) {
        $found = 'py'
        $first = @('-3.11')
    } elseif (Test-Fits 'python' @()) {
        $found = 'python'
    }
    if (-not $found) {
        Stop-Here '64ビットの Python 3.11 が見つかりません。python.org から入れるか、-Python に python.exe の場所を書いてください。'
    }
    New-Item -ItemType Directory -Force -Path 'build', 'dist' | Out-Null

    # 2. Exactly the locked libraries, each file by its hash; nothing is compiled here.
    Invoke-Step '環境を作っています' 'build\windows-1-venv.log' '環境を作れませんでした。' `
        $found ($first + @('-m', 'venv', '--clear', $environment))
    $own = "$project\$environment\Scripts\python.exe"
    Invoke-Step 'ライブラリを入れています（数分）' 'build\windows-2-pip.log' `
        'ライブラリを入れられませんでした。インターネットにつながっているかを確かめて、もう一度行ってください。' `
        $own @('-m', 'pip', 'install', '--no-input', '--progress-bar', 'off', '--only-binary', ':all:',
            '--require-hashes', '-r', $lock)

    # 3. The folder.
    Invoke-Step '配るフォルダーを作っています（数分）' 'build\windows-3-pack.log' '配るフォルダーを作れませんでした。' `
        $own @('-m', 'PyInstaller', '--noconfirm', '--clean', '--distpath', 'dist', '--workpath', 'build\windows',
            'build_spec\desk.spec')

    # 4. The folder is used as it is: papers, a window, a login, a saved paper.
    Invoke-Step '動くかを確かめています（画面が開いて閉じます。触らずにお待ちください）' 'build\windows-4-check.log' `
        '作ったフォルダーが正しく動きません。配らないでください。' $own @('build_spec\smoke.py', $bundle) -Aloud

    # 5. One file to carry.
    Invoke-Step '1つのファイルにまとめています' 'build\windows-5-parcel.log' 'まとめられませんでした。' `
        $own @('build_spec\parcel.py', $bundle, $parcel) -Aloud

    Write-Host ''
    Write-Host 'できました。SHA-256 を控えて、つぎは build_spec\windows.md の20項目を、2台のパソコンで確かめてください。'
    exit 0
} catch {
    Stop-Here "思いがけないことが起きました: $($_.Exception.Message)"
}
