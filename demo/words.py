"""What is written in this world: an essay, and letters in many languages and moods."""

import random

AUTHOR = ("linnea", "Linnea Varga")
ABOUT = "I plant hedges, and write about what lives in them. Photos of the hills behind my house."
NOTES = ("Three weeks without a screen. The hedge has grown by a hand.",
         "Somebody asked what a hedge is for. I shall answer at length.")
TITLE = "What a hedge is for"
SUMMARY = "Forty years of one line of bushes, and why I have stopped cutting it in May."
ESSAY = """When I came here the hedge was a fence that had forgotten its wire. I cut it as my neighbours cut theirs: straight,
in May, with a machine that made the dogs bark.

![The hills before anybody is up](media:{morning} "From the kitchen door, at five")

## The first May that I did nothing

I was ill, and the hedge was nobody's concern. In June it sang. I counted, because I count when I cannot sleep: **eleven**
kinds of birds, where the year before there had been two[^1].

> A hedge is a house with its roof at the side.

So my grandmother said, and I had taken it for one of her sayings. She meant it as a description.

![Evening, and the near ridge dark](media:{evening} "The same door, the other end of the day")

## What it asks for

1. Leave it alone from March to August.
2. Cut one side, one year; the other side, the next.
3. Let what falls lie.

That is all. It is less work than before, which is the part that nobody believes.

![Fog in October](media:{fog} "You can hear it better than see it")

## To those who have written for years

You asked for photographs, and I was away. Here they are. They are for you who need them on a bad day, and for no other use.
I read everything that you send me, though slowly. Thank you.

[^1]: A blackbird and a sparrow, and the sparrow was passing through.
"""
PICTURES = {"morning": "Blue hills in three rows under a pale morning sky",
            "evening": "The same hills, dark, under an orange and violet sky",
            "fog": "Hills that can hardly be told from the fog before them"}

# For each language: what a letter begins with, what it says, how it ends. Any of them fit together.
WARM = {
    "en": (("Thank you for this.", "I read it on the bus and missed my stop.", "Good to hear your voice again.",
            "I have waited for these weeks to end.", "This found me on a bad day."),
           ("We let our hedge grow last year, and there are wrens in it now.", "My mother used to say the same of her garden.",
            "I have read it aloud to my children, who want a hedge now.", "The photo with the fog is on my wall already, in my head.",
            "I do not own any ground at all, and still I know what to do in May."),
           ("Stay well.", "Please rest as long as you like.", "From a small flat, with love.", "No need to answer.")),
    "de": (("Danke dafür.", "Ich habe es im Zug gelesen.", "Wie schön, wieder von dir zu lesen.", "Das kam heute genau richtig."),
           ("Unsere Hecke darf jetzt auch wachsen, und die Spatzen sind zurück.", "Meine Großmutter hat genau so gesprochen.",
            "Ich habe es meinem Nachbarn ausgedruckt, der jeden Mai schneidet.", "Das Bild im Nebel sehe ich mir seit einer Stunde an."),
           ("Alles Gute dir.", "Eine Antwort brauche ich nicht.", "Herzlich aus dem Norden.")),
    "fr": (("Merci pour ce texte.", "Je l’ai lu deux fois ce matin.", "Quel plaisir de vous relire.", "Il m’a fait du bien."),
           ("Chez nous la haie chante aussi depuis que nous la laissons tranquille.", "Ma grand-mère disait la même chose de son verger.",
            "Je l’ai lu à voix haute à mes élèves.", "La photo du brouillard me suit depuis hier."),
           ("Reposez-vous bien.", "Pas besoin de répondre.", "Avec toute mon amitié.")),
    "es": (("Gracias por escribir esto.", "Lo leí en voz baja y luego en voz alta.", "Qué alegría leerte otra vez."),
           ("Mi padre plantó un seto así y nunca supe por qué.", "Este año no voy a podar nada en mayo.",
            "La foto de la tarde se parece a mi pueblo."),
           ("Un abrazo grande.", "No hace falta que respondas.", "Cuídate mucho.")),
    "it": (("Grazie di cuore.", "L’ho letto tutto d’un fiato.", "Che bello ritrovarti."),
           ("Anche la nostra siepe adesso canta.", "Mio nonno diceva le stesse cose del suo orto.",
            "Ho mandato il testo a tutta la famiglia."),
           ("Un abbraccio.", "Non serve rispondere.", "Riposati bene.")),
    "pt": (("Obrigada por este texto.", "Li tudo sem parar.", "Que bom ter-te de volta."),
           ("A minha avó tinha uma sebe igual.", "Este ano não vou cortar nada em maio.", "A fotografia do nevoeiro é linda."),
           ("Um abraço.", "Não precisas de responder.", "Descansa bem.")),
    "nl": (("Dank je wel hiervoor.", "Ik las het in de trein.", "Fijn om weer iets van je te lezen."),
           ("Onze heg mag nu ook groeien, en er zit een winterkoning in.", "Mijn opa zei precies hetzelfde.",
            "Ik heb het aan mijn buurman gegeven."),
           ("Het ga je goed.", "Je hoeft niet te antwoorden.", "Hartelijke groet.")),
    "sv": (("Tack för det här.", "Jag läste det på bussen.", "Så fint att höra av dig igen."),
           ("Vår häck får också växa nu.", "Min mormor sa precis samma sak.", "Bilden med dimman är underbar."),
           ("Sköt om dig.", "Du behöver inte svara.", "Varma hälsningar.")),
    "pl": (("Dziękuję za ten tekst.", "Przeczytałam go dwa razy.", "Dobrze znowu cię czytać."),
           ("U nas żywopłot też już śpiewa.", "Moja babcia mówiła to samo o swoim sadzie.", "W maju niczego nie przytnę."),
           ("Wszystkiego dobrego.", "Nie musisz odpowiadać.", "Serdeczności.")),
    "cs": (("Děkuji za ten text.", "Četl jsem ho dvakrát.", "Je hezké vás zase číst."),
           ("I náš živý plot už zpívá.", "Babička říkala totéž o své zahradě.", "Letos v květnu nic nestříhám."),
           ("Mějte se krásně.", "Nemusíte odpovídat.", "Se srdečným pozdravem.")),
    "tr": (("Bu yazı için teşekkürler.", "İki kez okudum.", "Sesinizi yeniden duymak güzel."),
           ("Bizim çitimizde de artık kuşlar var.", "Büyükannem de aynısını söylerdi.", "Sisli fotoğraf çok güzel."),
           ("Kendinize iyi bakın.", "Yanıt vermenize gerek yok.", "Sevgiler.")),
    "ja": (("すてきな文章をありがとうございます。", "電車の中で読みました。", "またお便りが読めてうれしいです。"),
           ("うちの生け垣にも鳥が来るようになりました。", "祖母も同じことを言っていました。", "霧の写真がとても好きです。"),
           ("お体を大切に。", "お返事はいりません。", "心をこめて。")),
}
CURIOUS = {
    "en": ("Which bushes are in it? Hazel, by the look of the third photo?", "What do you do about the brambles?",
           "May I come and count with you one June?", "How wide does it want to be in the end?"),
    "de": ("Welche Sträucher stehen darin? Hasel und Schlehe?", "Wie breit darf sie werden?"),
    "fr": ("Quelles essences avez-vous plantées ?", "Et les ronces, que faites-vous d’elles ?"),
    "es": ("¿Qué arbustos tiene?", "¿Y qué haces con las zarzas?"),
    "sv": ("Vilka buskar är det?",),
}
CRITICAL = {
    "en": ("I do not agree about August. In our valley the second brood is later.",
           "A hedge by the road must be cut, whatever sings in it. Please think of cyclists.",
           "You write as if everybody had a garden."),
    "de": ("An der Straße muss man schneiden, sonst wird es gefährlich.", "Das gilt vielleicht bei dir, aber nicht im Weinbau."),
    "fr": ("Vous oubliez que la loi impose la taille au bord des chemins.",),
}
PRESS = ("I write for a small paper in the hills. May we print the second part, with your name and a link? Our deadline is Friday.",
         "Good morning. I make a radio programme about gardens and would like to quote three sentences. Whom do I ask?",
         "For our weekend page: may we show the morning picture? We would name you and pay.")
SPAM = ("MAKE YOUR GARDEN PAY!!! Only today: gold from hedges, www.quick-hedge-gold.example", "hi dear i saw your profile, write me",
        "Cheap followers, fast delivery, ask now")
RUDE = ("Nobody needs this. Cut your hedge and be quiet.", "So many words about bushes. Ridiculous.", "You were better when you were away.")


class Letters:
    """Letters by chance: mostly warm, in the language of who writes, and here and there something else."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def next(self):
        """(language, text)"""
        chance, dice = self.chance, self.chance.random()
        language = chance.choices(list(WARM), weights=[30, 14, 9, 8, 6, 6, 6, 6, 5, 4, 3, 3])[0]
        if dice < 0.03:
            return "en", chance.choice(PRESS)
        if dice < 0.06:
            return "en", chance.choice(SPAM)
        if dice < 0.09:
            return "en", chance.choice(RUDE)
        if dice < 0.17 and language in CURIOUS:
            return language, chance.choice(CURIOUS[language])
        if dice < 0.23 and language in CRITICAL:
            return language, chance.choice(CRITICAL[language])
        parts = [chance.choice(part) for part in WARM[language]]
        if dice < 0.5:
            parts.pop()
        if dice > 0.9:
            parts = parts[:1]
        return language, ("" if language == "ja" else " ").join(parts)
