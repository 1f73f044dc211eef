"""Made-up articles from templates and a seed, so that anybody can repeat a measurement: some about the pair's arms, and
a stream of news of which a share is."""
import json
import random

LENGTH = 3  # times four paragraphs of two sentences: about 2,200 characters
SHARE = 0.05
WORDS = {"weapon": ["S-300", "Tor-M1", "Su-24", "MiG-29", "Su-35"], "n": ["four", "12", "29", "up to 40"],
         "sum": ["$700 million", "$1.5 billion", "about 300 million dollars"],
         "who": ["President Vladimir Putin", "Foreign Minister Sergey Lavrov", "the Iranian foreign ministry", "he",
                 "Pavel Sidorenko, a Russian expert,"],  # whom no list has
         "month": ["January", "March", "June", "October"], "town": ["Moscow", "Tehran", "Washington", "Isfahan"],
         "act": ["agreed to sell", "will deliver", "has delivered", "denied having sold", "suspended the sale of"]}
SENTENCES = ["Russia {act} {n} {weapon} systems to Iran, {who} said in {town} on {month} {day}.",
             "The contract, signed in {month} {year}, is worth {sum}.",
             '"We have supplied no {weapon} to anybody," {who} told reporters.',
             "{who} arrived in {town} last week for talks on the {weapon}, a newspaper reported.",
             "The weather in {town} was fine, and the shops of the old town were full until late in the evening.",
             "Washington said that such deliveries would be punished with sanctions, as they were in {year}."]
OTHER_WORDS = {"who": ["Mayor Lena Holm", "the coach", "a spokesman for the farmers", "Minister Jorge Abreu", "she"],
               "town": ["Bergen", "Porto", "Cape Town", "Adelaide", "Quito"], "month": WORDS["month"],
               "what": ["harvest", "new bridge", "budget", "final", "school reform", "strike of the bus drivers"],
               "sum": ["3 million euros", "$40 million", "a third of the budget"],
               "state": ["Russia", "Iran", "Norway", "Portugal", "Chile"]}
OTHER = ["{who} said in {town} on {month} {day} that the {what} had cost {sum} more than was planned.",
         "The {what} was discussed for hours, and nobody left the hall in {town} before midnight.",
         '"We have seen nothing like it since {year}," {who} told reporters about the {what}.',
         "Traders from {state} came to {town} last week to look at what the {what} would change for them.",
         "Rain is expected along the coast until the weekend, and schools in {town} stay closed on Friday.",
         "In {month} {year} the council had voted against the {what}, by five votes to four.",
         "The team of {state} won in {town} by two goals, the second of which came in the last minute."]
OTHER_ARMS = ["Norway will buy four frigates and missiles from France, {who} said in {town} on {month} {day}.",
              "The army of Chile has received 12 tanks, which were ordered in {month} {year} for {sum}."]


def article(number, length=1, seed=7):
    """The text of a made-up article about the pair's arms: `length` times four paragraphs of two sentences."""
    return written("Russia, Iran and arms", SENTENCES, WORDS, number, length, seed)


def other(number, length=1, seed=7):
    """The text of one about something else; some name one of the pair, some the arms of others."""
    kinds = OTHER + OTHER_ARMS * (number % 50 == 0)
    return written("What was told in the north and the south", kinds, OTHER_WORDS, number, length, seed)


def written(title, sentences, words, number, length, seed):
    """A text with a title and a day, drawn from sentences and words."""
    draw = random.Random(f"{seed} {number} {title}")
    lines = [title, f"March {draw.randint(1, 28)}, {draw.randint(1996, 2016)}"]
    for _ in range(4 * length):
        drawn = {name: draw.choice(some) for name, some in words.items()}
        drawn |= {"day": draw.randint(1, 28), "year": draw.randint(1990, 2015)}
        told = [sentence.format(**drawn) for sentence in draw.sample(sentences, 2)]
        lines.append(" ".join(sentence[0].upper() + sentence[1:] for sentence in told))
    return "\n\n".join(lines) + "\n"


def stream(count, share=SHARE, seed=7):
    """The texts of so many articles, a `share` of which is about the pair's arms, evenly spread."""
    for n in range(count):
        relevant = int((n + 1) * share) > int(n * share)
        yield (article if relevant else other)(n, LENGTH, seed)


def write_stream(path, count, share=SHARE, seed=7):
    """Writes them as JSON Lines."""
    with open(path, "w", encoding="utf-8") as file:
        for text in stream(count, share, seed):
            file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
