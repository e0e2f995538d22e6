"""What people call a relation to the head of a household, beside the words of the standard (GB/T 4761).

A word is here only if it means one thing: 媳妇 is the wife, 儿媳妇 the wife of a son; 兄弟 says no more
than siblings do.
"""

_BY_CODE = """
02 户主本人
10 老伴 爱人 夫妻
11 丈夫 老公 配偶(夫)
12 妻子 媳妇 老婆 配偶(妻)
20 儿子 儿
21 独子
22 大儿子
23 二儿子 二子
24 三儿子
25 四儿子
26 五儿子
27 养子 继子
30 女儿 闺女
31 独女
32 大女儿
33 二女儿 二女
34 三女儿
35 四女儿
36 五女儿
37 养女 继女
38 儿媳妇 媳
40 孙子女
41 孙
43 外孙
45 孙媳 孙媳妇 外孙媳 外孙媳妇
46 孙女婿 外孙女婿
47 曾孙 重孙 重孙子
48 重孙女
51 父亲 爸爸
52 母亲 妈妈
53 公爹
54 婆母
55 岳丈 丈人 老丈人
56 丈母 丈母娘
57 继父 养父
58 继母 养母
61 爷爷 爷
62 奶奶 奶
63 姥爷 外公
64 姥姥 外婆
70 兄弟 姐妹
71 哥哥 哥 大哥
72 嫂子
73 弟弟
74 弟媳妇
75 姐姐
77 妹妹
81 伯伯 大伯
83 叔叔 叔
84 婶婶 婶子
85 舅舅 舅
86 舅妈
87 姨夫
88 姨妈 姨
89 姑夫
90 姑姑 姑妈 姑
91 堂兄 堂弟 堂哥 堂姐 堂妹
92 表兄 表弟 表哥 表姐 表妹
93 侄 侄儿
97 亲戚 亲属
99 租客 保姆 合租 租户 房客 承租人 合租人 借住 寄住 护工 护理员 住家保姆 朋友 同事 同学 无关系
"""
WORDS = {word: code for code, *words in map(str.split, _BY_CODE.strip().splitlines()) for word in words}
# Codes that only a man or only a woman can have.
_OF_MEN = "11 20 21 22 23 24 25 26 27 28 29 41 43 46 47 51 53 55 57 61 63 66 71 73 76 78 81 83 85 87 89 93"
_OF_WOMEN = (
    "12 30 31 32 33 34 35 36 37 38 39 42 44 45 48 52 54 56 58 62 64 67 72 74 75 77 82 84 86 88 90 94 96"
)
MALE = frozenset(_OF_MEN.split())
FEMALE = frozenset(_OF_WOMEN.split())
