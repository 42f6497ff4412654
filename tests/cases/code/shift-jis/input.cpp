// 設定ファイルを読み込んで画面に出す。二つ目の文。
#include <stdio.h>

int main(void)
{
	puts("こんにちは");
	return 0;
}
