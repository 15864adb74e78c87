// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Fill} from "../../contracts/Market.sol";
import {Kit} from "./Kit.sol";

/// @notice What purchases cost, as whole transactions: a signed offer, three different payees (seller, creator, room),
/// and a proof that the room displays the good among sixteen.
/// forge-config: default.isolate = true
contract GasTest is Kit {
    uint256 private constant LINES = 10;

    function setUp() public override {
        super.setUp();
        vm.deal(maker, 1 ether);
    }

    function test_FirstSaleEver() public {
        buyOne(0);
        vm.snapshotGasLastCall("first sale ever");
    }

    function test_FirstUnitOfABuyer() public {
        warmUp(1);
        vm.deal(creator, 1 ether);
        buyAs(creator, primary(0)); // has no unit of it yet
        vm.snapshotGasLastCall("buyer's first unit");
    }

    function test_Warm() public {
        buyOne(0);
        buyOne(0);
        vm.snapshotGasLastCall("warm");
    }

    function test_WarmResale() public {
        stock(0, 5);
        Fill memory fill = resale(0);
        buyAs(buyer, fill);
        buyAs(buyer, fill);
        vm.snapshotGasLastCall("warm resale");
    }

    function test_BasketOfTenWarm() public {
        warmUp(LINES);
        checkout(basket());
        vm.snapshotGasLastCall("basket of ten, warm");
    }

    function test_BasketOfTenNewOffersAndUnits() public {
        warmUp(LINES);
        Fill[] memory fills = basket();
        for (uint256 i; i < LINES; ++i) {
            fills[i].offer.serial += 800; // tallies never touched
            fills[i] = fillOf(i, fills[i].offer);
        }
        vm.deal(creator, 100 ether);
        vm.prank(creator); // has none of these units yet
        market.checkout{value: PRICE * LINES}(fills, PRICE * LINES, NEVER, false);
        vm.snapshotGasLastCall("basket of ten, new offers and units");
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
}
