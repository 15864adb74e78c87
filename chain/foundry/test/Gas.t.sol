// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Fill} from "../../contracts/Market.sol";
import {Offer} from "../../contracts/Offers.sol";
import {Kit} from "./Kit.sol";

/// @notice What purchases cost, as whole transactions: a signed offer, three different payees (seller, creator, room),
/// and a proof that the room displays the good among sixteen.
/// forge-config: default.isolate = true
contract GasTest is Kit {
    uint256 private constant LINES = 10;

    function test_FirstSaleEver() public {
        buyOne(0);
        note("first sale ever", 215_000);
    }

    function test_FirstUnitOfABuyer() public {
        warmUp(1);
        vm.deal(owner, 1 ether);
        buyAs(owner, primary(0)); // has no unit of it yet
        note("buyer's first unit", 115_000);
    }

    function test_Warm() public {
        buyOne(0);
        buyOne(0);
        note("warm", 95_000);
    }

    function test_WarmResale() public {
        stock(0, 5);
        Fill memory fill = resale(0);
        buyAs(buyer, fill);
        buyAs(buyer, fill);
        note("warm resale", 95_000);
    }

    function test_BasketOfTenWarm() public {
        warmUp(LINES);
        checkout(basket());
        note("basket of ten, warm", 450_000);
    }

    function test_BasketOfTenNewOffersAndUnits() public {
        warmUp(LINES);
        checkoutNew(1);
        note("basket of ten, new offers and units", 750_000);
    }

    /// @dev As above, but no two offers share a word of tallies.
    function test_BasketOfTenNewOffersApart() public {
        warmUp(LINES);
        checkoutNew(8);
        note("basket of ten, new offers apart", 850_000);
    }

    /// @dev Ten offers never filled, their serials `apart`, by a buyer who has none of the goods.
    function checkoutNew(uint64 apart) private {
        Fill[] memory fills = new Fill[](LINES);
        for (uint64 i; i < LINES; ++i) {
            Offer memory offer = primaryOffer(i);
            offer.serial = 800 + apart * i;
            fills[i] = fillOf(i, offer);
        }
        vm.deal(owner, 100 ether);
        vm.prank(owner);
        market.checkout{value: PRICE * LINES}(fills, PRICE * LINES, NEVER, false);
    }

    function basket() private view returns (Fill[] memory fills) {
        fills = new Fill[](LINES);
        for (uint256 i; i < LINES; ++i) fills[i] = primary(i);
    }

    function checkout(Fill[] memory fills) private {
        vm.prank(buyer);
        market.checkout{value: PRICE * LINES}(fills, PRICE * LINES, NEVER, false);
    }

    function buyOne(uint256 i) private {
        buyAs(buyer, primary(i));
    }

    function warmUp(uint256 count) private {
        for (uint256 i; i < count; ++i) buyOne(i);
    }

    /// @dev Notes what the last call cost, as a transaction of its own, and holds it to the headline's figure.
    function note(string memory name, uint256 most) private {
        uint256 gas_ = vm.snapshotGasLastCall(name);
        yes(gas_ > 21_000, "a whole transaction was measured");
        yes(gas_ <= most, name);
    }
}
