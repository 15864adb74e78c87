"""The market that is opened after the first frame loses nothing that was asked of it before."""

from game.client.late_market import LateMarket
from game.core.ids import OrderId
from game.core.ports import Discard


class Shop:
    def __init__(self):
        self.asked, self.started, self.closed = [], 0, False

    def start(self):
        self.started += 1

    def submit(self, request):
        self.asked.append(request)

    def poll(self):
        return ["news"]

    def close(self):
        self.closed = True


def test_what_is_asked_before_the_market_is_open_reaches_it_in_order():
    shop = Shop()
    late = LateMarket(lambda: shop)
    first, second = Discard(order_id=OrderId("a")), Discard(order_id=OrderId("b"))
    late.submit(first)
    assert late.poll() == []
    assert shop.asked == []
    late.start()
    late.start()
    late.submit(second)
    assert (shop.asked, shop.started, late.poll()) == ([first, second], 1, ["news"])
    late.close()
    assert shop.closed


def test_a_market_that_was_never_started_is_never_opened():
    def must_not():
        raise AssertionError("opened")

    late = LateMarket(must_not)
    late.close()
    assert late.poll() == []
