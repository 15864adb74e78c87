// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Orchard} from "../../contracts/Orchard.sol";
import {Pick} from "../../contracts/Harvest.sol";
import {Graft, Plot} from "../../contracts/Plots.sol";
import {Posting} from "./Posting.sol";

/// @notice An orchard with one plot of four trees of ten fruits, planted NOW, in blossom after 100 days, ripe after 200.
abstract contract Grove is Posting {
    uint16 internal constant TREES = 4;
    uint16 internal constant FRUITS = 10;
    uint16 internal constant WATERINGS = 12;
    uint96 internal constant FRUIT_WEI = 0.003 ether;
    uint96 internal constant ADOPTION_WEI = 0.02 ether + 1; // no multiple of the yield, so that there are remainders
    uint256 internal constant BLOSSOM = 100 days;
    uint256 internal constant RIPE = 200 days;
    uint256 internal constant REDEEM_BY = 230 days;
    bytes32 internal constant COMMIT = keccak256("an address");

    Orchard internal orchard;
    address internal grower;
    uint256 internal plot;

    function setUp() public virtual override {
        super.setUp();
        grower = seller;
        orchard = Orchard(vm.deployCode("chain/artifacts/Orchard.json", abi.encode(market, goods, campaign)));
        plot = openPlot(terms(), grafts());
    }

    function terms() internal view virtual returns (Plot memory) {
        return Plot({
            grower: grower,
            fruitPriceWei: FRUIT_WEI,
            adoptionPriceWei: ADOPTION_WEI,
            plantedAt: uint40(NOW),
            blossomAt: uint40(NOW + BLOSSOM),
            ripeAt: uint40(NOW + RIPE),
            redeemBy: uint40(NOW + REDEEM_BY),
            trees: TREES,
            fruitsPerTree: FRUITS,
            waterings: WATERINGS,
            playTrees: 1,
            lapseBps: 7000,
            gramsPerFruit: 40,
            variety: "loquat_dawn"
        });
    }

    function grafts() internal pure returns (Graft[] memory offered) {
        offered = new Graft[](2);
        offered[0] = Graft("loquat_white_jade", "loquat_amber", 3000);
        offered[1] = Graft("loquat_rust", "loquat_sure", 10_000);
    }

    function openPlot(Plot memory terms_, Graft[] memory offered) internal returns (uint256) {
        uint256 bond = uint256(terms_.playTrees) * terms_.adoptionPriceWei;
        vm.deal(terms_.grower, terms_.grower.balance + bond);
        vm.prank(terms_.grower);
        return orchard.openPlot{value: bond}(terms_, "key", "manifest", offered);
    }

    function treeAt(uint256 index) internal view returns (uint256) {
        return (plot << 16) | index;
    }

    function adoptAs(address who, uint256 tree) internal {
        vm.deal(who, who.balance + ADOPTION_WEI);
        vm.prank(who);
        orchard.adopt{value: ADOPTION_WEI}(tree);
    }

    /// @dev Waters a tree to the end; its adopter comes every third day.
    function waterFully(address who, uint256 tree) internal {
        while (orchard.wateringsLeft(tree) != 0) {
            (uint256 drops,) = orchard.canOf(who);
            if (drops == 0) {
                pass(3 days);
                continue;
            }
            vm.prank(who);
            orchard.water(tree, drops);
        }
    }

    function until(uint256 sincePlanting) internal {
        clock = NOW + sincePlanting;
        vm.warp(clock);
    }

    function line(uint256 tree, uint16 clean, uint16 bruised) internal pure returns (Pick[] memory lines) {
        lines = new Pick[](1);
        lines[0] = Pick(tree, clean, bruised);
    }

    function pickAs(address who, uint256 tree, uint16 clean, uint16 bruised) internal {
        vm.prank(who);
        orchard.pick(line(tree, clean, bruised));
    }

    function buyAs(address who, uint256 tree, uint16 clean, uint16 bruised) internal {
        uint256 cost = uint256(FRUIT_WEI) * (uint256(clean) + bruised);
        vm.deal(who, who.balance + cost);
        vm.prank(who);
        orchard.buy{value: cost}(plot, line(tree, clean, bruised));
    }

    /// @dev The fruit of a tree that is picked now, as anybody can reckon it.
    function fruitOf(uint256 tree, bool clean, string memory variety) internal view returns (uint256) {
        string memory json = string.concat(
            '{"grade":"', clean ? "A" : "B", '","harvest_day":', vm.toString(clock / 1 days),
            ',"kind":"fruit","orchard":"', lower(address(orchard)), '","plot":', vm.toString(tree >> 16),
            ',"tree":', vm.toString(tree), ',"variety":"', variety, '"}'
        );
        return uint256(
            keccak256(
                abi.encode(address(orchard), grower, sha256(bytes(json)), uint32(FRUITS), uint16(0), uint16(1))
            )
        );
    }

    function lower(address who) private pure returns (string memory) {
        bytes memory text = new bytes(42);
        (text[0], text[1]) = ("0", "x");
        for (uint256 i; i < 40; ++i) {
            text[2 + i] = bytes16("0123456789abcdef")[(uint160(who) >> (4 * (39 - i))) & 15];
        }
        return string(text);
    }

    function sendFruit(address who, uint256 fruit, uint256 quantity, bytes memory data) internal {
        vm.prank(who);
        goods.safeTransferFrom(who, address(orchard), fruit, quantity, data);
    }

    function redeemAs(address who, uint256 fruit, uint256 quantity) internal returns (uint256) {
        sendFruit(who, fruit, quantity, abi.encode(COMMIT));
        return campaign.deliveries();
    }
}
