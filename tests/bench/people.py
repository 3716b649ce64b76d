"""Names as real ones are, made from a seed: many common ones, many rare ones, of many countries, some with accents."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

GIVEN = """
James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica
Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Margaret Mark Sandra Donald Ashley
Steven Kimberly Paul Emily Andrew Donna Joshua Michelle Maria Anna Sofia Luis José Juan Carlos Ana Lucía Miguel Pedro
Søren Åsa Björn Jürgen Günther Zoë Chloé François Renée André Łukasz Małgorzata Zdeněk Šárka Dušan Živko Gergő Ágnes
Mohammed Fatima Ahmed Yusuf Aisha Omar Layla Hassan Samira Ibrahim Wei Li Min Jing Hui Xin Yan Ming Ng Bao Linh Minh
Hiroshi Yuki Kenji Sakura Haruto Priya Arjun Ravi Anjali Deepak Sunita Kofi Abena Yetunde Chidi Thabo Mwangi Ngozi
Olga Ivan Natalia Dmitri Svetlana Elena Andrei Ioana Mihai Giulia Marco Luca Francesca Paolo Chiara Eirik Ingrid Nils
""".split()  # noqa: SIM905 - names read best in rows
FAMILY = """
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson
Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young
Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Müller
Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Kowalski Nowak Wójcik Novák Svoboda Dvořák Horvat
Nagy Tóth Szabó Popescu Ionescu Rossi Russo Ferrari Esposito Bianchi Dubois Lefèvre Moreau Bélanger Silva Santos Souza
Li Wang Zhang Chen Liu Ng Ho Wu Tran Pham Tanaka Suzuki Sato Kim Park Choi Singh Kumar Sharma Patel Khan Ahmed Hussein
Okafor Adeyemi Mensah Asante Nkosi Dlamini Kamau Otieno Johansson Åkesson Nilsson Sørensen Jensen Hansen Ødegård Łuczak
O'Neil O'Brien McDonald MacLeod D'Angelo Al-Farsi Ben-Ami Ivanov Petrov Volkov Papadopoulos Yilmaz Demir Ćosić Župan
""".split()  # noqa: SIM905 - names read best in rows
BEGINNINGS = (
    "Ba Be Bo Bra Ca Che Cor Da Del Dor Eis El Fa Fer Gal Gar Gro Ha Hel Hor Ju Ka Kel Kor La Lan Mar Mel Mo Na".split()  # noqa: SIM905 - names read best in rows
)
MIDDLES = (
    "ber den dor fel gan gol han ker lan len lin man mar men mi na ner ni ran ren ri ro sen ta ter ti van ver".split()  # noqa: SIM905 - names read best in rows
)
ENDINGS = """
a ac an as aux berg brook by das den don dorf e ek elli er es ev ez field ford gaard ham i ian
ic idis in ko ley lund mann o off os ov quist s sen ski son stein ston strand thal ton uk vic ville wood yan
""".split()  # noqa: SIM905 - names read best in rows
DEPARTMENTS = [
    f"{kind} {field}"
    for kind in ("Applied", "Central", "Clinical", "General", "International", "Regional")
    for field in ("Finance", "Research", "Purchasing", "Marketing", "Legal", "Logistics", "Chemistry", "Engineering")
]


def people(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Return so many people, each a row under the kiosk's own column names."""
    rng = random.Random(seed)
    rare = sorted({f"{b}{m}{e}" for b in BEGINNINGS for m in MIDDLES for e in ENDINGS})
    rng.shuffle(rare)
    given, family = [*GIVEN, *rare[:4_000]], [*FAMILY, *rare[4_000:]]
    # The commonest name is some hundred times as frequent as a rare one.
    given_weights, family_weights = (
        list(accumulate(1 / (rank + 10) for rank in range(len(n)))) for n in (given, family)
    )
    for number in range(count):
        (first,) = rng.choices(given, cum_weights=given_weights)
        (last,) = rng.choices(family, cum_weights=family_weights)
        middle = f" {rng.choice(given)}" if rng.random() < 0.15 else ""
        yield {
            "contactId": f"{rng.getrandbits(96):024x}",
            "name": f"{first}{middle} {last}",
            "email": f"{first}.{last}{number}@example.com".lower(),
            "department": rng.choice(DEPARTMENTS),
            "room": f"{rng.choice('ABCDEFGH')}{rng.randrange(9)}.{rng.randrange(400):03}",
            "accessible": "yes" if rng.random() < 0.02 else "",
        }


def write_people(path: Path, count: int, seed: int = 1) -> None:
    """Write a CSV file of so many people."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = people(count, seed)
        first = next(rows)
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)
