@mode con cols=100 lines=32
@"%~dp0nianbao.exe" %* || pause
